import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { NAME_OBJECT } from '../../soql/name-object.ts';
import type { CompiledQuery, Expression, FieldPath, SelectItem } from '../../soql/types.ts';

const NUMBERS: ReadonlySet<string> = new Set(['int', 'double', 'currency', 'percent']);
const TEXTS: ReadonlySet<string> = new Set(['string', 'textarea', 'email', 'phone', 'url', 'combobox', 'encryptedstring']);

/** One entry of `columnMetadata`: a selected field, a relationship with what was selected of it, or a function. */
interface Column {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: Column[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

/**
 * What `columns=true` answers in place of records: the columns of a query in select order, the way that the sf CLI and the
 * Developer Console ask for them before they draw a table. Nothing is read.
 * @param schema the objects and fields that the user may see
 */
export function queryColumns(compiled: CompiledQuery, schema: Schema): Record<string, unknown> {
  const { query, object } = compiled;
  const columns: Column[] = [];
  const names = [object.name.toLowerCase(), query.from.alias?.toLowerCase()];
  let functions = 0;
  for (const item of query.select) {
    if (item.kind === 'fields') for (const field of fieldsOf(object, item.set)) columns.push(fieldColumn(field));
    else if (item.kind === 'subquery') columns.push(childColumn(item, object, schema));
    else if (item.expression.kind === 'call') columns.push(functionColumn(item.expression, item.alias ?? `expr${functions++}`));
    else addPath(columns, unqualified(item.expression.path, names), object, schema);
  }
  if (compiled.kind === 'count') columns.splice(0);
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: query.groupBy.length > 0,
    idSelected: columns.some(({ columnName, joinColumns }) => columnName === 'Id' && joinColumns.length === 0),
    keyPrefix: object.keyPrefix,
  };
}

function fieldsOf(object: ObjectDef, set: 'ALL' | 'STANDARD' | 'CUSTOM'): FieldDef[] {
  return [...object.fields.values()].filter(({ custom }) => set === 'ALL' || custom === (set === 'CUSTOM'));
}

/** Fields of one parent that follow each other become one column with several join columns. */
function addPath(columns: Column[], path: FieldPath, object: ObjectDef, schema: Schema): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return void columns.push(fieldColumn(fieldOf(object, first, schema)));
  const found = schema.parentRelationship(object, first);
  if (found.kind !== 'known') throw new NotSupported(`the columns of the relationship ${first}`);
  const name = found.def.relationshipName ?? first;
  const last = columns.at(-1);
  const isSame = last?.columnName === name && last.joinColumns.length > 0;
  const column = isSame ? last : relationshipColumn(name, found.def.name);
  if (!isSame) columns.push(column);
  addPath(column.joinColumns, rest, parentObject(found.def, schema), schema);
}

function childColumn(item: Extract<SelectItem, { kind: 'subquery' }>, object: ObjectDef, schema: Schema): Column {
  const name = item.query.from.object;
  const child = object.childRelationships.find(({ relationshipName }) => relationshipName.toLowerCase() === name.toLowerCase());
  const target = child ? schema.object(child.childObject) : undefined;
  if (!child || target?.kind !== 'known') throw new NotSupported(`the columns of the child relationship ${name}`);
  const column = { ...relationshipColumn(child.relationshipName, null), aggregate: true };
  for (const part of item.query.select) {
    if (part.kind !== 'expression' || part.expression.kind !== 'field') throw new NotSupported('the columns of a function in a subquery');
    addPath(column.joinColumns, part.expression.path, target.def, schema);
  }
  return column;
}

/** Behind a polymorphic reference only the fields of the pseudo-object Name can be selected. */
function parentObject(reference: FieldDef, schema: Schema): ObjectDef {
  const [name = '', ...others] = reference.referenceTo;
  if (others.length > 0) return NAME_OBJECT;
  const found = schema.object(name);
  if (found.kind !== 'known') throw new Error(`the query compiled with the object ${name}, which is ${found.kind}`);
  return found.def;
}

function fieldOf(object: ObjectDef, name: string, schema: Schema): FieldDef {
  const own = object === NAME_OBJECT ? object.fields.get(name.toLowerCase()) : undefined;
  if (own) return own;
  const found = schema.field(object, name);
  if (found.kind !== 'known') throw new Error(`the query compiled with ${object.name}.${name}, which is ${found.kind}`);
  return found.def;
}

function fieldColumn(field: FieldDef): Column {
  return {
    aggregate: false,
    apexType: apexTypeOf(field),
    booleanType: field.type === 'boolean',
    columnName: field.name,
    custom: field.custom,
    displayName: field.name,
    foreignKeyName: field.type === 'reference' ? (field.referenceTo[0] ?? null) : null,
    insertable: field.createable,
    joinColumns: [],
    numberType: NUMBERS.has(field.type),
    textType: TEXTS.has(field.type),
    updatable: field.updateable,
  };
}

function relationshipColumn(name: string, foreignKeyName: string | null): Column {
  return { ...plainColumn(name), foreignKeyName };
}

/** `expr0`, `expr1`, … where the query gives a function no alias: what the result's rows call it. */
function functionColumn(expression: Extract<Expression, { kind: 'call' }>, name: string): Column {
  return { ...plainColumn(name), aggregate: true, numberType: /^(?:COUNT|COUNT_DISTINCT|SUM|AVG)$/.test(expression.name) };
}

function plainColumn(name: string): Column {
  return {
    aggregate: false,
    apexType: null,
    booleanType: false,
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
  };
}

function apexTypeOf(field: FieldDef): string {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'Id';
    case 'boolean':
      return 'Boolean';
    case 'int':
      return 'Integer';
    case 'double':
    case 'currency':
    case 'percent':
      return 'Double';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Datetime';
    case 'time':
      return 'Time';
    case 'base64':
      return 'Blob';
    default:
      return 'String';
  }
}

/** `a.Name` with `FROM Account a`, or `Account.Name` with `FROM Account`, is the field Name. */
function unqualified(path: FieldPath, names: readonly (string | undefined)[]): FieldPath {
  const [first = ''] = path;
  return path.length > 1 && names.includes(first.toLowerCase()) ? path.slice(1) : path;
}
