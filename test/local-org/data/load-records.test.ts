import { afterAll, beforeAll, expect, test } from 'vitest';
import { USER_MODE } from '../src/access/types.ts';
import { executeDml } from '../src/dml/execute-dml.ts';
import { createLocalOrg } from '../src/org.ts';
import type { LocalOrg } from '../src/org-types.ts';
import type { ObjectDef, Value } from '../src/schema/types.ts';
import type { Row } from '../src/store/types.ts';
import { loadRecord } from './load-records.ts';
import { setupUser } from './setup-records.ts';

let org: LocalOrg;
beforeAll(() => {
  org = createLocalOrg({ dataset: 'demo', root: import.meta.dirname, clock: () => Date.UTC(2026, 10, 21, 9, 4) });
});
afterAll(() => org.close());

function objectNamed(name: string): ObjectDef {
  const found = org.schema.object(name);
  if (found.kind !== 'known') throw new Error(`no ${name}`);
  return found.def;
}

/** What lies in the past of a loaded record and cannot be given on insert: when it was made, moved, closed, last worked on. */
const HISTORY = new Set([
  ...['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp', 'CaseNumber'],
  ...['LastActivityDate', 'LastStageChangeDate', 'PushCount', 'ClosedDate', 'CompletedDateTime', 'IsClosedOnCreate'],
  ...['LastAmountChangedHistoryId', 'LastCloseDateChangedHistoryId'],
]);

/** What only became so later: an insert cannot make it. */
const MADE_LATER: Readonly<Record<string, string>> = {
  Opportunity: `"OwnerId" = '${setupUser('former').id}'`,
  Lead: '"IsConverted" = 1',
};

test.each(['Account', 'Contact', 'Opportunity', 'OpportunityContactRole', 'Lead', 'Case', 'CaseComment', 'Task', 'Event'])(
  'a loaded %s is what the order of execution would have stored',
  (name) => {
    const object = objectNamed(name);
    const ids = org.store
      .select(`SELECT "Id" FROM "${name}" WHERE NOT (${MADE_LATER[name] ?? '0'}) ORDER BY "Id" LIMIT 40`, [])
      .map(([id]) => String(id));
    expect(ids).toHaveLength(40);
    const user = org.user('sam.okafor@larkfield.example');
    for (const id of ids) {
      const loaded = org.store.get(object, id) ?? new Map<string, Value>();
      const given: Row = new Map(
        [...loaded].filter(([field, value]) => value !== null && object.fields.get(field.toLowerCase())?.createable),
      );
      const inserted = org.transaction(user, (tx) => {
        const [result] = executeDml(
          'insert',
          [{ object, id: null, values: given }],
          { enforcement: USER_MODE, allOrNone: true, triggers: { fire: () => {} } },
          tx,
        );
        expect(result?.errors, `${name} ${id}`).toEqual([]);
        return org.store.get(object, result?.id ?? '') ?? new Map<string, Value>();
      });
      const comparable = (row: Row): object => Object.fromEntries([...row].filter(([field]) => !HISTORY.has(field)));
      expect(comparable(loaded)).toEqual(comparable(inserted));
    }
  },
);

test('an object or field that the schema does not have is refused', () => {
  const stamp = { createdAt: 0, changedAt: 0, by: '005000000SET001AAA' };
  expect(() => loadRecord(org.store, org.schema, 'Nope__c', {}, stamp)).toThrow('cannot load a record of Nope__c: the schema says unknown');
  expect(() => loadRecord(org.store, org.schema, 'Account', { Nope__c: 1 }, stamp)).toThrow(
    'cannot load Account.Nope__c: the schema says unknown',
  );
});
