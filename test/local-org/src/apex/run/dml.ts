import { executeDml } from '../../dml/execute-dml.ts';
import type { DmlRecord } from '../../dml/execute-dml.ts';
import { executeUpsert } from '../../dml/execute-upsert.ts';
import type { AccessMode, DmlResult } from '../../dml/types.ts';
import type { Value } from '../../schema/types.ts';
import { dmlResultValue } from '../platform/Database/results.ts';
import { ApexId } from '../values/apex-id.ts';
import { ApexList } from '../values/apex-list.ts';
import { toStored } from '../values/convert.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

type Operation = 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';

const VERB: Readonly<Record<Operation, string>> = {
  insert: 'Insert',
  update: 'Update',
  delete: 'Delete',
  undelete: 'Undelete',
  upsert: 'Upsert',
};

/**
 * A DML statement or Database method of guest code. All or none: a failure is a DmlException that names the first one.
 * Ids are written back to inserted records, and a rollback leaves them there.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_exception.htm
 */
export function runDml(
  rt: Interpreter,
  operation: Operation,
  target: ApexValue,
  options: { mode: AccessMode | null; allOrNone: boolean; externalIdField?: string },
): ApexValue {
  const records = recordsOf(target, rt);
  const dmlOptions = { mode: options.mode ?? 'user', allOrNone: options.allOrNone, triggers: rt.triggers } as const;
  refuseRepeated(records, operation, rt);
  const given = records.map((record) => toDmlRecord(record, operation));
  const results =
    operation === 'upsert'
      ? executeUpsert(given, options.externalIdField ?? null, dmlOptions, rt.tx)
      : executeDml(operation, given, dmlOptions, rt.tx);
  if (options.allOrNone && results.some((result) => !result.success)) throwDml(rt, operation, results, records);
  results.forEach((result, index) => writeBackId(records[index], result));
  return dmlResultValue(operation, results, !(target instanceof ApexList));
}

function recordsOf(target: ApexValue, rt: Interpreter): SObjectValue[] {
  if (target instanceof SObjectValue) return [target];
  if (!(target instanceof ApexList)) return rt.nullPointer();
  return target.items.map((item) => (item instanceof SObjectValue ? item : rt.nullPointer()));
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_limitations.htm */
function refuseRepeated(records: readonly SObjectValue[], operation: Operation, rt: Interpreter): void {
  if (operation === 'insert' || operation === 'upsert') {
    if (new Set(records).size < records.length)
      rt.throwApex('ListException', 'Before Insert or Upsert list must not have two identically equal elements');
    return;
  }
  const ids = records.map(idOf);
  const twice = ids.find((id, index) => id !== null && ids.indexOf(id) !== index);
  if (twice !== undefined) rt.throwApex('ListException', `Duplicate id in list: ${String(twice)}`);
}

/** What was read along and cannot be written (CreatedDate, a formula) is left out, as the platform leaves it out. */
function toDmlRecord(record: SObjectValue, operation: Operation): DmlRecord {
  const id = idOf(record);
  const inserting = operation === 'insert' || (operation === 'upsert' && id === null);
  const values = new Map<string, Value>();
  for (const [name, value] of record.fields) {
    const field = record.object.fields.get(name.toLowerCase());
    if (field && name !== 'Id' && (inserting ? field.createable : field.updateable)) values.set(field.name, toStored(field, value));
  }
  return { object: record.object, id, values };
}

function writeBackId(record: SObjectValue | undefined, result: DmlResult): void {
  if (record && result.success && result.created && result.id !== null) record.fields.set('Id', ApexId.of(result.id));
}

function throwDml(rt: Interpreter, operation: Operation, results: readonly DmlResult[], records: readonly SObjectValue[]): never {
  const failures = results.flatMap((result, index) =>
    result.errors
      .filter((error) => error.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
      .map((error) => ({ index, id: idOf(records[index]), statusCode: error.statusCode, message: error.message, fields: error.fields })),
  );
  const [first] = failures;
  if (!first) throw new Error('a statement failed without an error');
  const withId = first.id === null ? '' : ` with id ${first.id}`;
  const message = `${VERB[operation]} failed. First exception on row ${first.index}${withId}; first error: ${first.statusCode}, ${first.message}: [${first.fields.join(', ')}]`;
  return rt.throwApex('DmlException', message, { dml: failures });
}

function idOf(record: SObjectValue | undefined): string | null {
  const id = record?.fields.get('Id');
  return id instanceof ApexId ? id.value : null;
}
