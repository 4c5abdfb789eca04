import { NotSupported } from '../errors.ts';
import { wholeSchema } from '../access/visible-schema.ts';
import { keyPrefix } from '../schema/ids.ts';
import type { FieldDef, ObjectDef, Value } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import { NAME_OBJECT } from './name-object.ts';
import { readValue } from './read-value.ts';
import type { Column, ParentNode, Scope } from './scope.ts';
import type { Run } from './statement.ts';
import type { FieldPath, SoqlRecord } from './types.ts';

export type RawRow = readonly unknown[];
export type Read = (row: RawRow, run: Run) => Value;

/** How the rows of one statement become records with their parents. */
export class RecordPlan {
  readonly #scope: Scope;
  /** Null where the reference is polymorphic: the id tells the object, and the record shows as a Name. */
  readonly #object: ObjectDef | null;
  readonly #idColumn: number;
  readonly #fields = new Map<string, Read>();
  readonly #parents = new Map<string, RecordPlan>();

  private constructor(scope: Scope, idSql: string, object: ObjectDef | null) {
    this.#scope = scope;
    this.#object = object;
    this.#idColumn = scope.statement.column(idSql);
  }

  static ofScope(scope: Scope): RecordPlan {
    return new RecordPlan(scope, `${scope.table}.${quoted('Id')}`, scope.object);
  }

  get idSelected(): boolean {
    return this.#fields.has('Id');
  }

  /** @throws SoqlError where the field is already there. */
  select(path: FieldPath, at: number): void {
    const column = this.#scope.resolve(path, at);
    const plan = column.parents.reduce<RecordPlan>((node, parent) => node.#parentPlan(parent), this);
    const { name } = column.field;
    if (plan.#fields.has(name)) throw this.#scope.error('INVALID_FIELD', at, `duplicate field selected: ${path.join('.')}`);
    plan.#fields.set(name, reader(this.#scope, column, at, []));
  }

  #parentPlan(node: ParentNode): RecordPlan {
    const known = this.#parents.get(node.name);
    if (known) return known;
    const [only] = node.targets;
    // Joined, not the reference itself: an id that leads nowhere reads as no parent.
    const plan =
      node.polymorphic || !only
        ? new RecordPlan(this.#scope, node.idSql, null)
        : new RecordPlan(this.#scope, `${only.table}."Id"`, only.object);
    this.#parents.set(node.name, plan);
    return plan;
  }

  /** The record of a row, or null where there is none (a parent that is not set). */
  record(row: RawRow, run: Run): SoqlRecord | null {
    const id = row[this.#idColumn];
    if (typeof id !== 'string') return null;
    const values = new Map<string, Value>();
    for (const [name, read] of this.#fields) values.set(name, read(row, run));
    if (!this.idSelected) values.set('Id', id);
    const parents = new Map<string, SoqlRecord | null>();
    for (const [name, plan] of this.#parents) parents.set(name, plan.record(row, run));
    const target = this.#object ?? run.tx.schema.objectByPrefix(keyPrefix(id));
    if (!target) throw new Error(`No object has the key prefix of ${id}, to which a reference points.`);
    return { object: this.#object ?? NAME_OBJECT, target, values, idSelected: this.idSelected, parents, children: new Map() };
  }
}

/** Reads a column; a formula reads the fields it needs and computes. */
function reader(scope: Scope, column: Column, at: number, computing: readonly FieldDef[]): Read {
  const { field } = column;
  if (field.type === 'address' || field.type === 'location')
    throw new NotSupported(`${column.object.name}.${field.name} (${field.type}) in SELECT`);
  if (column.sql !== null) {
    const index = scope.statement.column(column.sql);
    return (row) => readValue(row[index], field.type, field);
  }
  const { formulas, schema } = scope.compilation;
  if (computing.includes(field)) throw new Error(`The formula of ${column.object.name}.${field.name} refers to itself.`);
  const formula = formulas(column.object, field, wholeSchema(schema));
  const prefix = column.parents.map((node) => node.name);
  const reads = new Map(
    formula.paths.map((path) => [
      path.join('.').toLowerCase(),
      reader(scope, scope.resolveForFormula([...prefix, ...path], at), at, [...computing, field]),
    ]),
  );
  return (row, run) => {
    const value = formula.evaluate(run.tx, (path) => {
      const read = reads.get(path.join('.').toLowerCase());
      if (!read) throw new Error(`The formula of ${field.name} read ${path.join('.')}, which it had not declared.`);
      return read(row, run);
    });
    return typeof value === 'number' ? readValue(value, field.type, field) : value;
  };
}
