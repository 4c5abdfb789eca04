import { sharedIds } from '../access/record-access.ts';
import { userAccess } from '../access/user-access.ts';
import type { AccessRequest } from '../access/user-access.ts';
import { NotSupported } from '../errors.ts';
import { isValidId, keyPrefix, to18 } from '../schema/ids.ts';
import type { ObjectDef, Value } from '../schema/types.ts';
import { comparableOf } from './comparable.ts';
import { bindParameter, listReader, literalValue } from './operands.ts';
import { Scope } from './scope.ts';
import { Statement } from './statement.ts';
import type { Compilation, Run, SqlValue } from './statement.ts';
import { SoqlError } from './types.ts';
import type { Condition, Operand, SelectItem, SoqlQuery, SoqlRecord } from './types.ts';

/** Records that one query may ask about. */
const MAX_RECORDS = 200;

type Comparison = Condition & { kind: 'comparison' };

const FORM = 'a query on UserRecordAccess other than SELECT … WHERE UserId = one id AND RecordId = one id, or IN a list';

/**
 * `SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE UserId = :u AND RecordId IN :ids`: one row for each record, in
 * the order asked for. Every other form is refused.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userrecordaccess.htm
 */
export function compileRecordAccess(compilation: Compilation, query: SoqlQuery, object: ObjectDef): (run: Run) => SoqlRecord[] {
  if (compilation.dialect !== 'apex') throw new NotSupported('UserRecordAccess over REST');
  const { groupBy, having, orderBy, offset, forUpdate, allRows, where } = query;
  const parts = where?.kind === 'and' ? where.parts : [];
  const isPlain = groupBy.length === 0 && !having && orderBy.length === 0 && !query.limit && !offset && !forUpdate && !allRows;
  const user = conditionOn('userid', parts);
  const record = conditionOn('recordid', parts);
  if (!isPlain || !user || !record || parts.length > 2 || user.operator !== '=') throw new NotSupported(FORM);
  const scope = new Scope(compilation, new Statement(), object, query.from.alias);
  const names = query.select.map((item) => selectedField(item, scope));
  const userId = oneId(scope, user);
  const recordIds = record.operator === 'IN' ? idList(scope, record) : record.operator === '=' ? single(oneId(scope, record)) : null;
  if (!recordIds) throw new NotSupported(FORM);
  return (run) => {
    const asked = { schema: run.tx.schema, store: run.tx.store, user: { id: String(userId(run)) } };
    return checked(recordIds(run)).map((id) => {
      const row = rowOf(asked, id);
      return {
        object,
        target: object,
        values: new Map(names.map((name) => [name, row[name] ?? null])),
        idSelected: false,
        parents: new Map<string, never>(),
        children: new Map<string, never>(),
      };
    });
  };
}

function conditionOn(name: string, parts: readonly Condition[]): Comparison | undefined {
  const found = parts.filter(
    (part): part is Comparison =>
      part.kind === 'comparison' && part.left.kind === 'field' && part.left.path.join('.').toLowerCase() === name,
  );
  return found.length === 1 ? found[0] : undefined;
}

const SELECTABLE = ['RecordId', 'HasReadAccess', 'HasEditAccess', 'HasDeleteAccess', 'MaxAccessLevel'];

function selectedField(item: SelectItem, scope: Scope): string {
  if (item.kind !== 'expression' || item.expression.kind !== 'field' || item.expression.path.length > 1 || item.alias !== null)
    throw new NotSupported(FORM);
  const { field } = scope.resolve(item.expression.path, item.expression.at);
  if (!SELECTABLE.includes(field.name)) throw new NotSupported(`SELECT ${field.name} FROM UserRecordAccess`);
  return field.name;
}

/** RecordId is text in describe and compares as an id. */
function idComparable(scope: Scope, { left }: Comparison): ReturnType<typeof comparableOf> {
  return { ...comparableOf(scope, left, 'filtered'), type: 'reference' };
}

function oneId(scope: Scope, condition: Comparison): (run: Run) => SqlValue {
  const left = idComparable(scope, condition);
  const operand: Operand = condition.right;
  if (operand.kind === 'bind') return bindParameter(scope, left, operand.index);
  if (operand.kind !== 'literal') throw new NotSupported(FORM);
  const value = literalValue(scope, left, operand);
  return () => value;
}

function idList(scope: Scope, condition: Comparison): (run: Run) => SqlValue[] {
  if (condition.right.kind !== 'list' && condition.right.kind !== 'bind') throw new NotSupported(FORM);
  return listReader(scope, idComparable(scope, condition), condition.right);
}

function single(read: (run: Run) => SqlValue): (run: Run) => SqlValue[] {
  return (run) => [read(run)];
}

function checked(ids: readonly SqlValue[]): string[] {
  const given = [...new Set(ids.filter((id) => id !== null).map(String))];
  if (given.length > MAX_RECORDS)
    throw new SoqlError('MALFORMED_QUERY', `A query on UserRecordAccess takes ${MAX_RECORDS} records at most`);
  return given;
}

/** Object permissions and sharing together. Whoever may delete a record is its owner, stands above them or holds Modify All. */
function rowOf(asked: AccessRequest, id: string): Readonly<Record<string, Value>> {
  const object = isValidId(id) ? asked.schema.objectByPrefix(keyPrefix(id)) : undefined;
  const stored = object && asked.store.get(object, to18(id));
  const isThere = stored !== undefined && stored.get('IsDeleted') !== true;
  const permissions = object && userAccess(asked).object(object);
  const has = (right: 'read' | 'edit' | 'delete'): boolean =>
    object !== undefined && isThere && permissions?.[right] === true && sharedIds(asked, object, [to18(id)], right).size > 0;
  const read = has('read');
  const edit = read && has('edit');
  const remove = edit && has('delete');
  return {
    RecordId: id,
    HasReadAccess: read,
    HasEditAccess: edit,
    HasDeleteAccess: remove,
    MaxAccessLevel: remove ? 'All' : edit ? 'Edit' : read ? 'Read' : 'None',
  };
}
