/**
 * A unique index refused a value. DML looks for duplicates before it writes and names the record that holds the value;
 * this is the guard behind that.
 */
export class UniqueViolation extends Error {
  readonly object: string;
  readonly field: string;

  constructor(object: string, field: string, options: ErrorOptions) {
    super(`${object}.${field} is unique and another record holds the value`, options);
    this.name = 'UniqueViolation';
    this.object = object;
    this.field = field;
  }
}
