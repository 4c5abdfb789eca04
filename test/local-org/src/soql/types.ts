import type { Enforcement } from '../access/types.ts';
import type { FieldDef, FieldType, ObjectDef, Schema, Value } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';

/** Own SOQL tree, made from apex-parser's query grammar. Names as written; positions for error messages. */
export interface SoqlQuery {
  readonly select: readonly SelectItem[];
  readonly from: { readonly object: string; readonly alias: string | null; readonly at: number };
  readonly where: Condition | null;
  readonly accessClause: 'USER_MODE' | 'SYSTEM_MODE' | 'SECURITY_ENFORCED' | null;
  readonly groupBy: readonly GroupItem[];
  readonly having: Condition | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Operand | null;
  readonly offset: Operand | null;
  readonly forUpdate: boolean;
  readonly forView: boolean;
  readonly forReference: boolean;
  readonly allRows: boolean;
  /** The source text, for messages. */
  readonly text: string;
}

export type FieldPath = readonly string[];
/** `at` counts characters from the start of the query's text. Calls carry their name in upper case. */
export type Expression =
  | { readonly kind: 'field'; readonly path: FieldPath; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number };
export type SelectItem =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: string | null }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery }
  | { readonly kind: 'fields'; readonly set: 'ALL' | 'STANDARD' | 'CUSTOM' };
export type GroupItem = Expression;
export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsLast: boolean | null;
}
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'comparison'; readonly left: Expression; readonly operator: ComparisonOperator; readonly right: Operand };
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';
/** A string after LIKE is its pattern, with `\` before each character that is no wildcard. */
export type Operand =
  | {
      readonly kind: 'literal';
      readonly type: 'string' | 'number' | 'boolean' | 'null' | 'date' | 'datetime';
      readonly value: Value;
      readonly text: string;
    }
  | { readonly kind: 'currency'; readonly isoCode: string; readonly amount: number }
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly n: number | null }
  | { readonly kind: 'list'; readonly items: readonly Operand[] }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery }
  /** `:expr` in Apex; index into the binds that the caller evaluates. */
  | { readonly kind: 'bind'; readonly index: number };

/** A bind as the caller evaluates it. */
export type BindValue = Value | readonly Value[];

/** The type that a bind is compared with, so that Apex can check it and convert it. */
export interface BindUse {
  readonly index: number;
  /** The type of the field it is compared with; 'int' for LIMIT and OFFSET. */
  readonly fieldType: FieldType;
  /** True after IN, NOT IN, INCLUDES, EXCLUDES. */
  readonly list: boolean;
}

/** SOQL errors that the platform has a code for: REST answers 400 with it, Apex throws QueryException with the message. */
export class SoqlError extends Error {
  readonly errorCode:
    | 'MALFORMED_QUERY'
    | 'INVALID_FIELD'
    | 'INVALID_TYPE'
    | 'INVALID_QUERY_FILTER_OPERATOR'
    | 'INVALID_QUERY_LOCATOR'
    | 'MALFORMED_ID'
    | 'NUMBER_OUTSIDE_VALID_RANGE'
    | 'UNABLE_TO_LOCK_ROW';
  /** The message without the excerpt of the query that the API puts before it: what the Apex compiler says. */
  readonly detail: string;

  constructor(errorCode: SoqlError['errorCode'], message: string, detail: string = message) {
    super(message);
    this.name = 'SoqlError';
    this.errorCode = errorCode;
    this.detail = detail;
  }
}

/** A query names what its user may not see; otherwise the error of a name that there is not. */
export class InaccessibleNames extends SoqlError {
  /** API names of fields by API name of their object, as `QueryException.getInaccessibleFields()` answers them. */
  readonly fields: ReadonlyMap<string, readonly string[]>;

  constructor(error: SoqlError, fields: ReadonlyMap<string, readonly string[]>) {
    super(error.errorCode, error.message, error.detail);
    this.fields = fields;
  }
}

/** Result columns of a grouped or aggregate query, in select order. */
export interface AggregateColumn {
  readonly alias: string;
  /** The source field, for grouped columns and MIN/MAX/SUM/AVG; null for counts. */
  readonly field: FieldDef | null;
  readonly type: FieldType;
}

export interface SoqlRecord {
  /** What the record shows as: its object, or the pseudo-object Name behind a polymorphic reference. */
  readonly object: ObjectDef;
  /** The object that the record is of. */
  readonly target: ObjectDef;
  /** By canonical field name, in select order: the fields that were selected, and Id always. */
  readonly values: Map<string, Value>;
  /** False where the query did not name Id: REST leaves it out of the record then. */
  readonly idSelected: boolean;
  /** By relationship name as written in the schema; null where the reference is empty. */
  readonly parents: Map<string, SoqlRecord | null>;
  readonly children: Map<string, readonly SoqlRecord[]>;
}

export type QueryResult =
  | { readonly kind: 'records'; readonly object: ObjectDef; readonly records: SoqlRecord[] }
  | { readonly kind: 'aggregate'; readonly object: ObjectDef; readonly columns: readonly AggregateColumn[]; readonly rows: Value[][] }
  /** `SELECT COUNT()`: no rows, only a number. */
  | { readonly kind: 'count'; readonly object: ObjectDef; readonly count: number };

/** A query resolved against a schema: names checked, SQL made. Compile once, run often. */
export interface CompiledQuery {
  readonly kind: QueryResult['kind'];
  readonly object: ObjectDef;
  readonly query: SoqlQuery;
  readonly binds: readonly BindUse[];
  readonly columns: readonly AggregateColumn[];
  /** Every object and field that any clause names, for access checks; what formulas read is not among them. */
  readonly accessed: ReadonlyMap<ObjectDef, ReadonlySet<FieldDef>>;
  /** The same query against another schema. @throws SoqlError for a name that it does not have */
  forSchema(schema: Schema): CompiledQuery;
  /**
   * @param enforcement What of the running user's access holds; nothing, where it is left out. With `permissions`, a name that
   *   the user may not read throws InaccessibleNames; with `sharing`, records that are not shared with the user are not there.
   */
  run(tx: Transaction, binds: readonly BindValue[], enforcement?: Enforcement): QueryResult;
}

/** How one formula field is computed from other fields of its record. */
export interface FormulaField {
  /** The fields that it reads, as paths from its object. */
  readonly paths: readonly FieldPath[];
  /** `read` answers the value of one of `paths`. */
  evaluate(tx: Transaction, read: (path: FieldPath) => Value): Value;
}

/** Finds the computation of a formula field; throws NotSupported for a function it lacks. */
export type FormulaCompiler = (object: ObjectDef, field: FieldDef, schema: Schema) => FormulaField;

/** Which clauses and rules apply: Apex allows binds, access clauses and FOR UPDATE; REST does not. */
export type QueryDialect = 'apex' | 'rest';
