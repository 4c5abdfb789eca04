import type { Location, Problem } from '../errors.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { componentKey } from './merge-packages.ts';
import type { Component, OtherComponent, Package } from './package.ts';

/** What components may refer to: everything of the org as it will be after a deploy. */
export class References {
  readonly schema: Schema;
  readonly package: Package;
  readonly #components: ReadonlyMap<string, Component>;

  constructor(pkg: Package, schema: Schema) {
    this.package = pkg;
    this.schema = schema;
    this.#components = new Map(pkg.components.map((component) => [componentKey(component), component]));
  }

  has(type: string, name: string): boolean {
    return this.#components.has(componentKey({ type, name }));
  }

  bundle(name: string): OtherComponent | undefined {
    return this.package.others.find((other) => other.type === 'LightningComponentBundle' && other.name === name);
  }

  /** `In field: tab - no CustomTab named Audits found`, or nothing. */
  missing(element: string, type: string, name: string, location: Location): Problem[] {
    return this.has(type, name) ? [] : [noSuch(element, type, name, location)];
  }

  /** An object, or what is wrong with its name. */
  object(name: string, location: Location, message?: string): Found<ObjectDef> {
    const found = this.schema.object(name);
    if (found.kind === 'known') return { def: found.def, problems: [] };
    return nothing(
      found.kind === 'unsupported' ? `Not supported by the local org: object ${name}` : (message ?? cannotBeFound(name)),
      location,
    );
  }

  /** A field of an object, or what is wrong with its name. */
  field(object: ObjectDef, name: string, location: Location, message?: string): Found<FieldDef> {
    const found = this.schema.field(object, name);
    if (found.kind === 'known') return { def: found.def, problems: [] };
    const path = `${object.name}.${name}`;
    const unknown = message ?? `In field: field - no CustomField named ${path} found`;
    return nothing(found.kind === 'unsupported' ? `Not supported by the local org: field ${path}` : unknown, location);
  }
}

/** Either what was looked for or problems. */
export type Found<T> =
  { readonly def: T; readonly problems: readonly Problem[] } | { readonly def: null; readonly problems: readonly Problem[] };

function nothing(message: string, location: Location): { readonly def: null; readonly problems: readonly Problem[] } {
  return { def: null, problems: [{ message, location }] };
}

export function noSuch(element: string, type: string, name: string, location: Location): Problem {
  return { message: `In field: ${element} - no ${type} named ${name} found`, location };
}

function cannotBeFound(object: string): string {
  return `Entity of type 'CustomObject' named '${object}' cannot be found`;
}
