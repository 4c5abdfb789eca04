import type { FieldType, Value } from '../schema/types.ts';

/** Data types of formulas, by the names that messages use. */
export type FormulaType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'Time' | 'Picklist' | 'Null';

/** From the object of the formula to the field: `['Account', 'Name']`. */
export type FieldPath = readonly string[];
export type ReadField = (path: FieldPath) => Value;

/** What a formula belongs to. It decides which functions it may use, and what a blank number is. */
export type FormulaUse = 'field' | 'validation';

/** Whose day it is, and when: a transaction fits. */
export interface FormulaContext {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly user: { readonly timeZone: string };
}

/** Everything that a formula is computed from. */
export interface Evaluation {
  readonly context: FormulaContext;
  /** The stored value of one of the formula's paths. */
  readonly read: ReadField;
  /** The same before the change; null for a record that is being created. Only validation rules ask. */
  readonly readPrior: ReadField | null;
}

/** An expression whose names and types have been checked. */
export interface Checked {
  readonly type: FormulaType;
  /** Of an expression that is a field alone. */
  readonly path?: FieldPath;
  readonly run: (evaluation: Evaluation) => Value;
}

/** A formula that has no value for a record: shown as `#Error!` by the platform's pages. */
export class FormulaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormulaError';
  }
}

const TYPES: Readonly<Partial<Record<FieldType, FormulaType>>> = {
  id: 'Text',
  reference: 'Text',
  string: 'Text',
  textarea: 'Text',
  combobox: 'Text',
  email: 'Text',
  phone: 'Text',
  url: 'Text',
  picklist: 'Picklist',
  multipicklist: 'Picklist',
  boolean: 'Boolean',
  int: 'Number',
  double: 'Number',
  currency: 'Number',
  percent: 'Number',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
};

/** The data type that a field has in a formula; undefined where formulas cannot use it. */
export function formulaType(type: FieldType): FormulaType | undefined {
  return TYPES[type];
}

export function isBlank(value: Value): boolean {
  return value === null || value === '';
}
