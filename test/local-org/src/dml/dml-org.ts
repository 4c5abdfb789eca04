import { loadRecord } from '../../data/load-records.ts';
import { ORG_ID, setupRecords, setupUser } from '../../data/setup-records.ts';
import { USER_MODE } from '../access/types.ts';
import { toRunningUser } from '../access/to-running-user.ts';
import { createSchema } from '../schema/create-schema.ts';
import { deployedField as field } from '../schema/testing/deployed-field.ts';
import type { DeployedObject } from '../schema/deployed-object.ts';
import type { ObjectDef, Schema, ValidationRule, Value } from '../schema/types.ts';
import { createStore } from '../store/create-store.ts';
import type { Row, Store } from '../store/types.ts';
import { beginTransaction } from '../transaction/begin-transaction.ts';
import { fixedClock, type FixedClock } from '../transaction/clock.ts';
import { seededUuids } from '../transaction/seeded-uuids.ts';
import type { LimitName, Transaction } from '../transaction/types.ts';
import { executeDml } from './execute-dml.ts';
import { executeUpsert } from './execute-upsert.ts';
import type { DmlOperation, DmlResult, TriggerPort, WorkingRecord } from './types.ts';

export const NOON = Date.parse('2026-03-15T12:00:00Z');

type Cells = Readonly<Record<string, Value>>;
type TriggerBody = (timing: 'before' | 'after', operation: DmlOperation, records: readonly WorkingRecord[]) => void;

const value = (text: string, over: Partial<{ active: boolean; isDefault: boolean }> = {}) => ({
  value: text,
  label: text,
  active: true,
  isDefault: false,
  ...over,
});

const rule = (name: string, condition: string, displayField: string | null = null, active = true): ValidationRule => ({
  name,
  active,
  condition,
  message: `${name} says no`,
  displayField,
});

const CUSTOM: readonly DeployedObject[] = [
  {
    name: 'Ticket__c',
    label: 'Ticket',
    labelPlural: 'Tickets',
    nameField: { label: 'Number', type: 'AutoNumber', displayFormat: 'T-{0000}' },
    fields: [
      field('Key__c', 'Text', { length: 10, unique: true, caseSensitive: true, externalId: true }),
      field('Ref__c', 'Text', { length: 10, externalId: true }),
      field('Level__c', 'Picklist', {
        picklist: { restricted: true, values: [value('Low', { isDefault: true }), value('High'), value('Old', { active: false })] },
      }),
      field('Tags__c', 'MultiselectPicklist', { picklist: { restricted: true, values: [value('red'), value('blue')] } }),
      field('Done__c', 'Checkbox', { defaultValue: 'true' }),
      field('Points__c', 'Number', { precision: 5, scale: 2 }),
      field('Double_Points__c', 'Number', { precision: 5, scale: 2, formula: 'Points__c * 2' }),
      field('Must__c', 'Text', { length: 20, required: true, defaultValue: '"given"' }),
      field('Account__c', 'Lookup', { referenceTo: 'Account', relationshipName: 'Tickets' }),
    ],
    validationRules: [
      rule('Points_Only_Grow', 'ISCHANGED(Points__c) && Points__c < PRIORVALUE(Points__c)', 'points__c'),
      rule('Small_Stays_Small', 'BEGINS(Ref__c, "small") && Double_Points__c > 100', 'Points__c'),
      rule('High_Needs_An_Account', 'ISPICKVAL(Level__c, "High") && ISBLANK(Account__r.Name)'),
      rule('Not_For_Rivals', 'CONTAINS(Account__r.Name, "Rival")'),
      rule('Share', 'Ref__c = "1/0" && 1 / 0 > 1'),
      rule('Asleep', 'TRUE', null, false),
    ],
  },
  {
    name: 'Note_Card__c',
    label: 'Card',
    labelPlural: 'Cards',
    nameField: { label: 'Card', type: 'Text', displayFormat: null },
    fields: [],
  },
];

/** An org with set-up records and a trigger that the test writes: what the tests of this room run on. */
export class DmlOrg {
  readonly schema: Schema = createSchema(CUSTOM);
  readonly store: Store = createStore();
  readonly clock: FixedClock = fixedClock(NOON);
  readonly tx: Transaction;
  /** What happened, in order: `before insert 2`. */
  readonly trace: string[] = [];
  trigger: TriggerBody = () => undefined;

  constructor(limits: Partial<Record<LimitName, number>> = {}) {
    const admin = setupUser('admin').id;
    const stamp = { createdAt: NOON - 86_400_000, changedAt: NOON - 86_400_000, by: admin };
    for (const object of this.schema.objects()) this.store.define(object);
    for (const { object, values } of setupRecords()) loadRecord(this.store, this.schema, object, values, stamp);
    const user = toRunningUser(this.row('User', admin));
    this.tx = beginTransaction({
      schema: this.schema,
      store: this.store,
      user,
      orgId: ORG_ID,
      now: this.clock.now,
      uuid: seededUuids('dml'),
      limits,
    });
  }

  readonly port: TriggerPort = {
    fire: (timing, operation, object, records) => {
      this.trace.push(`${timing} ${operation} ${object.name} ${records.length}`);
      this.trigger(timing, operation, records);
    },
  };

  object(name: string): ObjectDef {
    const found = this.schema.object(name);
    if (found.kind !== 'known') throw new Error(`${name} is ${found.kind}`);
    return found.def;
  }

  row(object: string, id: string | null | undefined): Row {
    const row = id ? this.store.get(this.object(object), id) : undefined;
    if (!row) throw new Error(`no ${object} ${String(id)}`);
    return row;
  }

  count(object: string): number {
    const live = this.object(object).fields.has('isdeleted') ? ' WHERE "IsDeleted" = 0' : '';
    return Number(this.store.select(`SELECT COUNT(*) FROM "${object}"${live}`, [])[0]?.[0]);
  }

  /** Partial unless said otherwise; `Id` among the cells is the record's id. */
  run(operation: DmlOperation, object: string, records: readonly Cells[], allOrNone = false): DmlResult[] {
    return executeDml(operation, this.#records(object, records), { enforcement: USER_MODE, allOrNone, triggers: this.port }, this.tx);
  }

  upsert(object: string, records: readonly Cells[], externalId: string | null, allOrNone = false): DmlResult[] {
    return executeUpsert(this.#records(object, records), externalId, { enforcement: USER_MODE, allOrNone, triggers: this.port }, this.tx);
  }

  /** Inserts one record, which has to succeed, and answers its id. */
  insert(object: string, cells: Cells): string {
    const [result] = this.run('insert', object, [cells], true);
    if (!result?.success || result.id === null) throw new Error(JSON.stringify(result?.errors));
    return result.id;
  }

  update(object: string, id: string, cells: Cells): void {
    const [result] = this.run('update', object, [{ Id: id, ...cells }], true);
    if (!result?.success) throw new Error(JSON.stringify(result?.errors));
  }

  #records(object: string, records: readonly Cells[]) {
    return records.map(({ Id, ...cells }) => ({
      object: this.object(object),
      id: typeof Id === 'string' ? Id : null,
      values: new Map(Object.entries(cells)),
    }));
  }
}
