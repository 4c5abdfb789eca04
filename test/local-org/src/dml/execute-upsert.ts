import { NotSupported } from '../errors.ts';
import { to18, isValidId } from '../schema/ids.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { duplicateExternalId, externalIdMissing, ROLLED_BACK } from './dml-errors.ts';
import type { DmlRecord } from './execute-dml.ts';
import { runStatement } from './run-statement.ts';
import { storedValue } from './stored-value.ts';
import type { DmlError, DmlOptions, DmlResult } from './types.ts';
import type { Change } from './working-record.ts';

/**
 * Inserts the records that are new and updates those that exist, in one statement; inserts run before updates. A record
 * exists where it has an id, or where another record holds its value in the external id field.
 * @param externalId name of an external id field of the object; null for Id
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_examples_upsert.htm
 * @throws as executeDml
 */
export function executeUpsert(records: readonly DmlRecord[], externalId: string | null, options: DmlOptions, tx: Transaction): DmlResult[] {
  const planned = planUpsert(records, externalId, tx);
  const changes = planned.flatMap((plan) => ('error' in plan ? [] : [plan]));
  if (options.allOrNone && changes.length < planned.length) {
    return planned.map((plan, index) => failed('error' in plan ? plan.error : ROLLED_BACK, records[index]?.id ?? null));
  }
  const inserts = changes.filter((change) => change.operation === 'insert');
  const ordered = [...inserts, ...changes.filter((change) => change.operation !== 'insert')];
  const results = runStatement(ordered, options, tx);
  const byChange = new Map(ordered.map((change, index) => [change, results[index]]));
  return planned.map((plan, index) => {
    if ('error' in plan) return failed(plan.error, records[index]?.id ?? null);
    const result = byChange.get(plan);
    if (!result) throw new Error('a record of an upsert has no result');
    return result;
  });
}

type Plan = Change | { readonly error: DmlError };

function planUpsert(records: readonly DmlRecord[], externalId: string | null, tx: Transaction): Plan[] {
  if (externalId === null || externalId.toLowerCase() === 'id') {
    return records.map((record) => ({ ...record, operation: record.id === null ? 'insert' : 'update' }));
  }
  const seen = new Set<string>();
  return records.map((record) => {
    const field = externalIdField(record, externalId);
    const value = storedValue(field, record.values.get(field.name) ?? null);
    if (value === null || value === undefined) return { error: externalIdMissing(field) };
    const key = typeof value === 'string' && !field.caseSensitive ? value.toUpperCase() : String(value);
    if (seen.has(key)) return { error: duplicateExternalId(field, value, []) };
    seen.add(key);
    const ids = tx.store.findIds(record.object, field.name, value);
    if (ids.length > 1) return { error: duplicateExternalId(field, value, ids) };
    return planByMatch(record, field, ids[0]);
  });
}

/** The matched record is updated; its external id is what it was, so it is not written again. */
function planByMatch(record: DmlRecord, field: FieldDef, match: string | undefined): Plan {
  if (record.id !== null && (match === undefined || !isValidId(record.id) || to18(record.id) !== match)) {
    throw new NotSupported(`upsert by ${field.name} of a record that has another id`);
  }
  if (match === undefined) return { ...record, operation: 'insert' };
  const values = new Map([...record.values].filter(([name]) => name !== field.name));
  return { ...record, operation: 'update', id: match, values };
}

function externalIdField({ object }: DmlRecord, name: string): FieldDef {
  const field = object.fields.get(name.toLowerCase());
  if (!field?.externalId) throw new NotSupported(`upsert by ${object.name}.${name}, which is no external id`);
  return field;
}

function failed(error: DmlError, id: string | null): DmlResult {
  return { id, success: false, created: false, errors: [error] };
}
