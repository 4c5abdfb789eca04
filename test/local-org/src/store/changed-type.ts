import { NotSupported } from '../errors.ts';

/** A column would have to hold another type than before. */
export class ChangedType extends NotSupported {
  readonly object: string;
  readonly field: string;

  constructor(object: string, field: string) {
    super(`changing the type of ${object}.${field}`);
    this.name = 'ChangedType';
    this.object = object;
    this.field = field;
  }
}
