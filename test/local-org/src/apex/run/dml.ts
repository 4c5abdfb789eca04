import { checkObjectAccess, fieldSecurity } from '../../dml/check-access.ts';
import { EntityAccessDenied } from '../../dml/entity-access-denied.ts';
import { executeDml } from '../../dml/execute-dml.ts';
import type { DmlRecord } from '../../dml/execute-dml.ts';
import { executeUpsert } from '../../dml/execute-upsert.ts';
import type { AccessMode, DmlOptions, DmlResult } from '../../dml/types.ts';
import type { Value } from '../../schema/types.ts';
import { dmlResultValue } from '../platform/Database/results.ts';
import { ApexId } from '../values/apex-id.ts';
import type { DmlFailure } from '../values/apex-object.ts';
import { ApexList } from '../values/apex-list.ts';
import { toStored } from '../values/convert.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import { inaccessibleFields, isAsQueried } from './inaccessible-fields.ts';
import type { Saving } from './inaccessible-fields.ts';
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
 * A DML statement or Database method of guest code. All or none: a failure is a DmlException that names the first one. In
 * user mode a missing object permission is a SecurityException, partial or not.
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
  refuseRepeated(records, operation, rt);
  const statement = {
    operation,
    externalId: options.externalIdField ?? null,
    enforcement: rt.enforcement(options.mode),
    allOrNone: options.allOrNone,
    triggers: rt.triggers,
  };
  const results = withObjectAccess(rt, () => run(records, statement, rt));
  if (options.allOrNone && results.some((result) => !result.success)) throwDml(rt, operation, results, records);
  results.forEach((result, index) => writeBackId(records[index], result));
  return dmlResultValue(operation, results, !(target instanceof ApexList));
}

interface Statement extends DmlOptions {
  readonly operation: Operation;
  /** Of an upsert; null where it goes by Id. */
  readonly externalId: string | null;
}

function withObjectAccess<R>(rt: Interpreter, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof EntityAccessDenied) return rt.throwApex('SecurityException', error.message);
    throw error;
  }
}

/** Fields are looked at before the statement begins: all or none, one that may not be set ends it for every record. */
function run(records: readonly SObjectValue[], statement: Statement, rt: Interpreter): DmlResult[] {
  const refused = records.map((record) => refusedFields(record, statement, rt));
  const allowed = records.filter((_, index) => refused[index] === null);
  if (allowed.length === records.length) return execute(records, statement, rt);
  if (statement.allOrNone) return throwInaccessible(rt, refused, records);
  const results = execute(allowed, statement, rt).values();
  return refused.map((failed) => failed ?? results.next().value ?? defect());
}

function execute(records: readonly SObjectValue[], statement: Statement, rt: Interpreter): DmlResult[] {
  const { operation, externalId, enforcement } = statement;
  const maySet = fieldSecurity(enforcement, rt.tx);
  const given = records.map((record) => toDmlRecord(record, operation, maySet));
  const mixed = rt.mixedDml.check(given, operation);
  if (mixed) return given.map(({ id }) => ({ id, success: false, created: false, errors: [mixed] }));
  return operation === 'upsert' ? executeUpsert(given, externalId, statement, rt.tx) : executeDml(operation, given, statement, rt.tx);
}

/** @throws EntityAccessDenied, which comes first */
function refusedFields(record: SObjectValue, { operation, externalId, enforcement }: Statement, rt: Interpreter): DmlResult | null {
  const saving = savingOf(record, operation, externalId);
  if (!enforcement.permissions || saving === null) return null;
  for (const each of saving === 'either' ? (['insert', 'update'] as const) : [saving])
    checkObjectAccess([{ object: record.object, operation: each }], enforcement, rt.tx);
  const error = inaccessibleFields(record, saving, rt.tx);
  return error && { id: idOf(record), success: false, created: false, errors: [error] };
}

function savingOf(record: SObjectValue, operation: Operation, externalId: string | null): Saving | null {
  if (operation === 'insert' || operation === 'update') return operation;
  if (operation !== 'upsert') return null;
  if (externalId !== null && externalId.toLowerCase() !== 'id') return 'either';
  return idOf(record) === null ? 'insert' : 'update';
}

function throwInaccessible(rt: Interpreter, refused: readonly (DmlResult | null)[], records: readonly SObjectValue[]): never {
  const failures = failuresOf(
    refused.map((result) => result ?? { id: null, success: true, created: false, errors: [] }),
    records,
  );
  return rt.throwApex('DmlException', failures[0]?.message ?? defect(), { dml: failures });
}

function defect(): never {
  throw new Error('a statement failed without an error');
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

/** What was read along and cannot be written (CreatedDate, a formula, a field closed to the user) is left out, as the platform leaves it out. */
function toDmlRecord(record: SObjectValue, operation: Operation, maySet: ReturnType<typeof fieldSecurity>): DmlRecord {
  const id = idOf(record);
  const inserting = operation === 'insert' || (operation === 'upsert' && id === null);
  const values = new Map<string, Value>();
  for (const [name, value] of record.fields) {
    const field = record.object.fields.get(name.toLowerCase());
    if (!field || name === 'Id' || !(inserting ? field.createable : field.updateable)) continue;
    if (!isAsQueried(record, name) || maySet(record.object, field)) values.set(field.name, toStored(field, value));
  }
  return { object: record.object, id, values };
}

function writeBackId(record: SObjectValue | undefined, result: DmlResult): void {
  if (record && result.success && result.created && result.id !== null) record.fields.set('Id', ApexId.of(result.id));
}

function throwDml(rt: Interpreter, operation: Operation, results: readonly DmlResult[], records: readonly SObjectValue[]): never {
  const failures = failuresOf(results, records);
  const first = failures[0] ?? defect();
  const withId = first.id === null ? '' : ` with id ${first.id}`;
  const message = `${VERB[operation]} failed. First exception on row ${first.index}${withId}; first error: ${first.statusCode}, ${first.message}: [${first.fields.join(', ')}]`;
  return rt.throwApex('DmlException', message, { dml: failures });
}

function failuresOf(results: readonly DmlResult[], records: readonly SObjectValue[]): DmlFailure[] {
  return results.flatMap((result, index) =>
    result.errors
      .filter((error) => error.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
      .map((error) => ({ index, id: idOf(records[index]), statusCode: error.statusCode, message: error.message, fields: error.fields })),
  );
}

function idOf(record: SObjectValue | undefined): string | null {
  const id = record?.fields.get('Id');
  return id instanceof ApexId ? id.value : null;
}
