import type { TableField } from './fields.ts';

/** A standard object whose fields were checked by hand against the Object Reference. */
export interface StandardTable {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  /** What the API allows; all of it, if left out. */
  readonly createable?: false;
  readonly updateable?: false;
  readonly deletable?: false;
  readonly fields: readonly TableField[];
}
