import { ok } from './scripted-org.ts';
import type { ScriptedOrg } from './scripted-org.ts';

/** What stands behind a field's name: nothing for a plain text; objects that it may point to; picklist values. */
export interface SampleField {
  type?: string;
  referenceTo?: string[];
  values?: string[];
}

/** Lets the org describe an object with these fields, and `Id`. @returns the path at which it does */
export function describeAs(org: ScriptedOrg, name: string, fields: Readonly<Record<string, SampleField>>): string {
  const path = `/services/data/v60.0/sobjects/${name}/describe`;
  const all: Record<string, SampleField> = { Id: { type: 'id' }, ...fields };
  const described = Object.entries(all).map(([field, { type, referenceTo = [], values = [] }]) => ({
    name: field,
    label: field,
    type: type ?? (referenceTo.length > 0 ? 'reference' : values.length > 0 ? 'picklist' : 'string'),
    updateable: true,
    nameField: field === 'Name',
    nillable: true,
    length: 255,
    referenceTo,
    picklistValues: values.map((value) => ({ value, active: value !== 'Old' })),
  }));
  org.onPath(path, ok({ name, label: name, keyPrefix: null, fields: described }));
  return path;
}
