import type { SharingModel } from '../types.ts';
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
  /** Org-wide default; `ReadWrite`, if left out: set-up records are everybody's. */
  readonly sharingModel?: SharingModel;
  readonly fields: readonly TableField[];
}
