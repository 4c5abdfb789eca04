import type { ObjectDef } from '../schema/types.ts';

/** The running user may not do to an object's records what a statement in user mode does: it fails whole, before any record. */
export class EntityAccessDenied extends Error {
  readonly object: ObjectDef;

  constructor(object: ObjectDef) {
    super(`Access to entity '${object.name}' denied`);
    this.name = 'EntityAccessDenied';
    this.object = object;
  }
}
