import type { FieldDef, FieldType, ObjectDef, Schema } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';
import type { BindUse, BindValue, FormulaCompiler, QueryDialect } from './types.ts';

/** What a parameter of a statement may depend on. */
export interface Run {
  readonly tx: Transaction;
  readonly binds: readonly BindValue[];
  /** In a child subquery: the records whose children it reads. */
  readonly parentIds?: readonly string[];
}

export type SqlValue = string | number | null;
export type Parameter = (run: Run) => SqlValue;

/** What is shared by a query, its children and its semi-joins while it is compiled. */
export class Compilation {
  readonly schema: Schema;
  readonly dialect: QueryDialect;
  readonly formulas: FormulaCompiler | undefined;
  readonly text: string;
  readonly accessed = new Map<ObjectDef, Set<FieldDef>>();
  readonly binds = new Map<number, BindUse>();
  #tables = 0;
  #semiJoins = 0;

  constructor(schema: Schema, dialect: QueryDialect, formulas: FormulaCompiler | undefined, text: string) {
    this.schema = schema;
    this.dialect = dialect;
    this.formulas = formulas;
    this.text = text;
  }

  newTable(): string {
    return `t${this.#tables++}`;
  }

  /** Counts a semi-join or anti-join; answers how many there are now. */
  noteSemiJoin(): number {
    return ++this.#semiJoins;
  }

  noteAccess(object: ObjectDef, field?: FieldDef): void {
    let fields = this.accessed.get(object);
    if (!fields) this.accessed.set(object, (fields = new Set()));
    if (field) fields.add(field);
  }

  noteBind(index: number, fieldType: FieldType, list: boolean): void {
    this.binds.set(index, { index, fieldType, list });
  }
}

/** Parameters and result columns of one SQL statement. Parameters are numbered, so that their order in the text is free. */
export class Statement {
  readonly columns: string[] = [];
  readonly #parameters: Parameter[] = [];

  /** The placeholder of a value that is known when the query runs. */
  param(parameter: Parameter): string {
    this.#parameters.push(parameter);
    return `?${this.#parameters.length}`;
  }

  constant(value: SqlValue): string {
    return this.param(() => value);
  }

  /** The index of a result column, added where it is new. */
  column(sql: string): number {
    const known = this.columns.indexOf(sql);
    return known >= 0 ? known : this.columns.push(sql) - 1;
  }

  values(run: Run): SqlValue[] {
    return this.#parameters.map((parameter) => parameter(run));
  }
}

/** An identifier from the schema, quoted. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
