import type { Sharing } from '../access/sharing.ts';
import type { FieldDef, FieldType, ObjectDef, Schema } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';
import type { BindUse, BindValue, FormulaCompiler, QueryDialect } from './types.ts';

/** What a parameter of a statement may depend on. */
export interface Run {
  readonly tx: Transaction;
  readonly binds: readonly BindValue[];
  /** Whose records may be seen; null for all. */
  readonly sharing: Sharing | null;
  /** In a child subquery: the records whose children it reads. */
  readonly parentIds?: readonly string[];
}

export type SqlValue = string | number | null;
export type Parameter = (run: Run) => SqlValue;

/** What is shared by a query, its children and its semi-joins while it is compiled. */
export class Compilation {
  readonly schema: Schema;
  readonly dialect: QueryDialect;
  readonly formulas: FormulaCompiler;
  readonly text: string;
  readonly accessed = new Map<ObjectDef, Set<FieldDef>>();
  readonly binds = new Map<number, BindUse>();
  #tables = 0;
  #semiJoins = 0;

  constructor(schema: Schema, dialect: QueryDialect, formulas: FormulaCompiler, text: string) {
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

/** SQL that is ready to run. */
export interface PreparedSql {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

interface Choice {
  readonly test: (run: Run) => boolean;
  readonly yes: string;
  readonly no: string;
}

interface Variant {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/**
 * Parameters and result columns of one SQL statement. Parameters are numbered, so that their order in the text is free.
 * Where null needs other SQL than a value does (an index on what is not null serves `=`, not `IS`), the text holds a
 * choice, made when the query runs.
 */
export class Statement {
  readonly columns: string[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #choices: Choice[] = [];

  /** The placeholder of a value that is known when the query runs: the same one for the same parameter. */
  param(parameter: Parameter): string {
    const known = this.#parameters.indexOf(parameter);
    return `?${known >= 0 ? known + 1 : this.#parameters.push(parameter)}`;
  }

  constant(value: SqlValue): string {
    return this.param(() => value);
  }

  /** One of two conditions, as the run decides. */
  choice(test: (run: Run) => boolean, yes: string, no: string): string {
    this.#choices.push({ test, yes, no });
    return `{${this.#choices.length}}`;
  }

  /** The index of a result column, added where it is new. */
  column(sql: string): number {
    const known = this.columns.indexOf(sql);
    return known >= 0 ? known : this.columns.push(sql) - 1;
  }

  /** Answers the SQL and the values of one run. */
  prepare(sql: string): (run: Run) => PreparedSql {
    const variants = new Map<string, Variant>();
    return (run) => {
      const chosen = this.#choices.map(({ test }) => test(run));
      const key = chosen.map(Number).join('');
      let variant = variants.get(key);
      if (!variant) variants.set(key, (variant = this.#variant(sql, chosen)));
      return { sql: variant.sql, params: variant.parameters.map((parameter) => parameter(run)) };
    };
  }

  #variant(sql: string, chosen: readonly boolean[]): Variant {
    let text = sql;
    // Backwards: a choice may hold earlier ones.
    for (let i = this.#choices.length; i > 0; i--) {
      const choice = this.#choices[i - 1];
      if (choice) text = text.replaceAll(`{${i}}`, chosen[i - 1] === true ? choice.yes : choice.no);
    }
    const numbers = new Map<string, number>();
    const renumbered = text.replace(/\?(\d+)/gu, (_whole, number: string) => {
      const place = numbers.get(number) ?? numbers.size + 1;
      numbers.set(number, place);
      return `?${place}`;
    });
    const parameters = [...numbers.keys()].flatMap((number) => this.#parameters[Number(number) - 1] ?? []);
    return { sql: renumbered, parameters };
  }
}
