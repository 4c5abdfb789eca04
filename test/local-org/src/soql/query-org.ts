import { randomUUID } from 'node:crypto';
import { createSchema, type OrgFeatures } from '../schema/create-schema.ts';
import { deployedField as field } from '../schema/testing/deployed-field.ts';
import type { DeployedField, DeployedObject } from '../schema/deployed-object.ts';
import type { Schema, Value } from '../schema/types.ts';
import { storedFields } from '../store/columns.ts';
import { createStore } from '../store/create-store.ts';
import { beginTransaction } from '../transaction/begin-transaction.ts';
import type { Transaction } from '../transaction/types.ts';

/** An org that answers queries, for the tests of this room: rows straight in the store, one user, a fixed moment. */

const ORG_ID = '00D000000000001AAA';

type Cells = Readonly<Record<string, Value>>;

const extension = (name: string, ...fields: DeployedField[]): DeployedObject => ({
  name,
  label: name,
  labelPlural: name,
  nameField: null,
  fields,
});

const CUSTOM_FIELDS: readonly DeployedObject[] = [
  extension(
    'Account',
    field('Tags__c', 'MultiselectPicklist', { picklist: { restricted: false, values: [] } }),
    field('Unsorted__c', 'Checkbox', { formula: 'ISBLANK(Name)' }),
    field('Key__c', 'Text', { length: 20, unique: true, caseSensitive: true, externalId: true }),
  ),
  extension('Opportunity', field('Reach__c', 'Text', { formula: 'BLANKVALUE(Account.Owner.Email, Name)' })),
];

export class QueryOrg {
  readonly schema: Schema;
  readonly transaction: Transaction;
  /** The SQL of every statement that ran. */
  readonly statements: string[] = [];

  /** @param rows By object; checkboxes that are left out are unticked. */
  constructor(
    rows: Readonly<Record<string, readonly Cells[]>>,
    now = Date.parse('2026-03-15T10:00:00Z'),
    timeZone = 'America/New_York',
    features: OrgFeatures = {},
  ) {
    this.schema = createSchema(CUSTOM_FIELDS, undefined, features);
    const store = createStore();
    for (const object of this.schema.objects()) {
      store.define(object);
      const unticked = storedFields(object)
        .filter((each) => each.type === 'boolean')
        .map((each): [string, Value] => [each.name, false]);
      const given = rows[object.name] ?? (object.name === 'Organization' ? [{ Id: ORG_ID, FiscalYearStartMonth: 1 }] : []);
      for (const row of given) store.insert(object, new Map([...unticked, ...Object.entries(row)]));
    }
    const recording = {
      ...store,
      select: (sql: string, params: readonly (string | number | null)[]): unknown[][] => {
        this.statements.push(sql);
        return store.select(sql, params);
      },
    };
    const user = {
      id: '005000000000001AAA',
      username: 'ann@example.com',
      name: 'Ann',
      email: 'ann@example.com',
      profileId: '00e000000000001AAA',
      timeZone,
      locale: 'en_US',
      language: 'en_US',
      userType: 'Standard',
    };
    this.transaction = beginTransaction({
      schema: this.schema,
      store: recording,
      user,
      orgId: ORG_ID,
      now: () => now,
      uuid: randomUUID,
    });
  }
}
