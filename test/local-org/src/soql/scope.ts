import { NotSupported } from '../errors.ts';
import { wholeSchema } from '../access/visible-schema.ts';
import type { FieldDef, Lookup, ObjectDef, Schema } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import { errorAt } from './error-at.ts';
import { NAME_OBJECT } from './name-object.ts';
import type { Compilation, Statement } from './statement.ts';
import type { FieldPath, SoqlError } from './types.ts';

const MAX_PARENT_LEVELS = 5;
const APPEND = (what: string, suffix: string): string =>
  `If you are attempting to use a custom ${what}, be sure to append the '${suffix}' after the ${what === 'object' ? 'entity' : `custom ${what}`} name. Please reference your WSDL or the describe call for the appropriate names.`;

/** A parent that rows are joined to; several tables where the reference is polymorphic. */
export interface ParentNode {
  /** As the schema spells it. */
  readonly name: string;
  /** The reference field that leads here. */
  readonly reference: FieldDef;
  /** SQL of the reference's value. */
  readonly idSql: string;
  readonly targets: readonly { readonly object: ObjectDef; readonly table: string }[];
  /** True where the reference may point to several objects: only the fields of Name can be read through it. */
  readonly polymorphic: boolean;
}

/** A field that a path leads to. */
export interface Column {
  readonly object: ObjectDef;
  readonly field: FieldDef;
  /** Its value in SQL; null for a formula, which is computed after the query. */
  readonly sql: string | null;
  /** SQL of the currency that its amount is in; null for what is no amount, and in an org with one currency. */
  readonly currencySql: string | null;
  /** The relationships on the way, outermost first. */
  readonly parents: readonly ParentNode[];
}

/** One FROM: an object under a table alias, and the parents that its paths reach. */
export class Scope {
  readonly object: ObjectDef;
  readonly table: string;
  readonly statement: Statement;
  readonly compilation: Compilation;
  readonly #alias: string | null;
  readonly #parents = new Map<string, ParentNode>();
  readonly #joins: string[] = [];
  readonly #types = new Map<ParentNode, string>();
  #isForFormula = false;

  constructor(compilation: Compilation, statement: Statement, object: ObjectDef, alias: string | null) {
    this.compilation = compilation;
    this.statement = statement;
    this.object = object;
    this.table = compilation.newTable();
    this.#alias = alias?.toLowerCase() ?? null;
    compilation.noteAccess(object);
  }

  /** Everything after FROM. Complete only when all paths are resolved. */
  get fromSql(): string {
    return [`${quoted(this.object.name)} AS ${this.table}`, ...this.#joins].join(' ');
  }

  error(code: SoqlError['errorCode'], at: number, message: string): SoqlError {
    return errorAt(code, this.compilation.text, at, message);
  }

  /** Whether the schema that the query is compiled against shows a field. */
  canSee(object: ObjectDef, field: FieldDef): boolean {
    return this.compilation.schema.field(object, field.name).kind === 'known';
  }

  /**
   * The column that a path names.
   * @throws SoqlError INVALID_FIELD; NotSupported for a name of the platform that the schema has not learned.
   */
  resolve(path: FieldPath, at: number): Column {
    return this.#resolve(path, at, this.compilation.schema);
  }

  /** The same for a path that a formula names: formulas are computed from what their reader may not see, too. */
  resolveForFormula(path: FieldPath, at: number): Column {
    this.#isForFormula = true;
    try {
      return this.#resolve(path, at, wholeSchema(this.compilation.schema));
    } finally {
      this.#isForFormula = false;
    }
  }

  #resolve(path: FieldPath, at: number, schema: Schema): Column {
    const relative = this.#withoutAlias(path);
    const name = relative.at(-1) ?? '';
    if (relative.length - 1 > MAX_PARENT_LEVELS) {
      throw this.error('INVALID_FIELD', at, `Relationship path '${path.join('.')}' is longer than ${MAX_PARENT_LEVELS} levels.`);
    }
    const parents: ParentNode[] = [];
    for (const relationship of relative.slice(0, -1)) parents.push(this.#parent(parents, relationship, at, schema));
    const last = parents.at(-1);
    if (last?.polymorphic) return this.#polymorphicColumn(parents, last, name, at, schema);
    const target = last?.targets[0] ?? { object: this.object, table: this.table };
    const field = this.#fieldOf(target.object, name, at, schema);
    return {
      object: target.object,
      field,
      parents,
      currencySql: hasCurrency(target.object, field) ? `${target.table}."CurrencyIsoCode"` : null,
      sql: field.calculated && field.formula !== null ? null : `${target.table}.${quoted(field.name)}`,
    };
  }

  #fieldOf(object: ObjectDef, name: string, at: number, schema: Schema): FieldDef {
    const field = this.#known(schema.field(object, name), `${object.name}.${name}`);
    if (!field) throw this.#noSuchColumn(name, object.name, at);
    this.#note(object, field);
    return field;
  }

  #noSuchColumn(name: string, entity: string, at: number): SoqlError {
    return this.error('INVALID_FIELD', at, `No such column '${name}' on entity '${entity}'. ${APPEND('field', '__c')}`);
  }

  #withoutAlias(path: FieldPath): FieldPath {
    const first = path[0]?.toLowerCase();
    if (path.length < 2 || first === undefined) return path;
    if (first === this.#alias) return path.slice(1);
    if (first === this.object.name.toLowerCase() && this.compilation.schema.parentRelationship(this.object, first).kind === 'unknown')
      return path.slice(1);
    return path;
  }

  #parent(before: readonly ParentNode[], relationship: string, at: number, schema: Schema): ParentNode {
    const last = before.at(-1);
    if (last && last.targets.length > 1)
      throw new NotSupported(`The path beyond the polymorphic relationship ${last.name}: ${last.name}.${relationship}`);
    const from = last?.targets[0] ?? { object: this.object, table: this.table };
    const reference = this.#known(schema.parentRelationship(from.object, relationship), `${from.object.name}.${relationship}`);
    if (!reference) {
      throw this.error(
        'INVALID_FIELD',
        at,
        `Didn't understand relationship '${relationship}' in field path. ${APPEND('relationship', '__r')}`,
      );
    }
    const key = [...before.map((node) => node.name), reference.name].join('.');
    this.#note(from.object, reference);
    const known = this.#parents.get(key);
    if (known) return known;
    const idSql = `${from.table}.${quoted(reference.name)}`;
    const targets = reference.referenceTo.flatMap((name) => {
      const object = schema.object(name);
      if (object.kind !== 'known') {
        // A polymorphic reference may name objects that no record of this org can be.
        if (reference.referenceTo.length > 1) return [];
        throw new NotSupported(`${from.object.name}.${relationship} (${name})`);
      }
      this.#note(object.def);
      const table = this.compilation.newTable();
      this.#joins.push(`LEFT JOIN ${quoted(object.def.name)} AS ${table} ON ${table}."Id" = ${idSql}`);
      return [{ object: object.def, table }];
    });
    if (targets.length === 0) throw new NotSupported(`${from.object.name}.${relationship}`);
    const node = {
      name: reference.relationshipName ?? relationship,
      reference,
      idSql,
      targets,
      polymorphic: reference.referenceTo.length > 1,
    };
    this.#parents.set(key, node);
    return node;
  }

  /** A field of the pseudo-object Name, read from whichever table has the record. */
  #polymorphicColumn(parents: readonly ParentNode[], node: ParentNode, name: string, at: number, schema: Schema): Column {
    const field = NAME_OBJECT.fields.get(name.toLowerCase());
    if (!field) throw this.#noSuchColumn(name, NAME_OBJECT.name, at);
    const column = { object: NAME_OBJECT, field, parents, currencySql: null };
    if (field.name === 'Id') return { ...column, sql: node.idSql };
    if (field.name === 'Type') return { ...column, sql: this.#typeSql(node) };
    const values = node.targets.flatMap((target) => {
      const own = field.nameField ? nameFieldOf(target.object) : target.object.fields.get(field.name.toLowerCase());
      if (!own || schema.field(target.object, own.name).kind !== 'known') return [];
      this.#note(target.object, own);
      return [`${target.table}.${quoted(own.name)}`];
    });
    const [first] = values;
    if (first === undefined) return { ...column, sql: 'NULL' };
    return { ...column, sql: values.length === 1 ? first : `coalesce(${values.join(', ')})` };
  }

  /** The name of the object that a polymorphic reference leads to; the same SQL each time, so that it groups. */
  #typeSql(node: ParentNode): string {
    const known = this.#types.get(node);
    if (known !== undefined) return known;
    const cases = node.targets.map(({ object, table }) => {
      // A group that owns records is known by its kind: Queue.
      const name = object.name === 'Group' ? `${table}."Type"` : this.statement.constant(object.name);
      return `WHEN ${this.statement.constant(object.keyPrefix)} THEN ${name}`;
    });
    const sql = `CASE substr(${node.idSql}, 1, 3) ${cases.join(' ')} END`;
    this.#types.set(node, sql);
    return sql;
  }

  /** What a formula reads is no access of the query's. */
  #note(object: ObjectDef, field?: FieldDef): void {
    if (!this.#isForFormula) this.compilation.noteAccess(object, field);
  }

  #known<T>(lookup: Lookup<T>, name: string): T | null {
    if (lookup.kind === 'unsupported') throw new NotSupported(name);
    return lookup.kind === 'known' ? lookup.def : null;
  }
}

function hasCurrency(object: ObjectDef, field: FieldDef): boolean {
  return field.type === 'currency' && object.fields.has('currencyisocode');
}

/** The field by which people know a record: Name, CaseNumber, Subject. */
function nameFieldOf(object: ObjectDef): FieldDef | undefined {
  return [...object.fields.values()].find((field) => field.nameField);
}

/** The object that FROM names. */
export function fromObject(compilation: Compilation, name: string, at: number): ObjectDef {
  const lookup = compilation.schema.object(name);
  if (lookup.kind === 'unsupported') throw new NotSupported(name);
  if (lookup.kind === 'unknown' || !lookup.def.queryable) {
    throw errorAt('INVALID_TYPE', compilation.text, at, `sObject type '${name}' is not supported. ${APPEND('object', '__c')}`);
  }
  return lookup.def;
}

/** The relationship that FROM names in a child subquery. */
export function childRelationship(
  compilation: Compilation,
  parent: ObjectDef,
  name: string,
  at: number,
): { relationshipName: string; object: ObjectDef; field: FieldDef } {
  const lookup = compilation.schema.childRelationship(parent, name);
  if (lookup.kind === 'unsupported') throw new NotSupported(`${parent.name}.${name}`);
  if (lookup.kind === 'unknown') {
    throw errorAt(
      'INVALID_TYPE',
      compilation.text,
      at,
      `Didn't understand relationship '${name}' in FROM part of query call. ${APPEND('relationship', '__r')}`,
    );
  }
  const object = compilation.schema.object(lookup.def.childObject);
  if (object.kind !== 'known') throw new NotSupported(lookup.def.childObject);
  const field = compilation.schema.field(object.def, lookup.def.field);
  if (field.kind !== 'known') throw new NotSupported(`${object.def.name}.${lookup.def.field}`);
  return { relationshipName: lookup.def.relationshipName, object: object.def, field: field.def };
}
