import type { FieldType, Value } from '../schema/types.ts';

/** Data types of formulas, by the names that messages use. */
export type FormulaType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'Time' | 'Picklist' | 'Null';

/** From the object of the formula to the field: `['Account', 'Name']`. */
export type FieldPath = readonly string[];
export type ReadField = (path: FieldPath) => Value;

/** An expression whose names and types have been checked. */
export interface Checked {
  readonly type: FormulaType;
  readonly run: (read: ReadField) => Value;
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
