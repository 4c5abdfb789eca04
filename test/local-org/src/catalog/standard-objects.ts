import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A standard object as the catalogue knows it: names and Apex types, no traits. */
export interface StandardObject {
  readonly name: string;
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, { readonly name: string; readonly type: string }>;
  /** Parent relationships by lower-case name (`account`); `Name` and `SObject` stand for polymorphic ones. */
  readonly parents: ReadonlyMap<string, { readonly name: string; readonly object: string }>;
  /** Child relationships by lower-case name (`opportunities`). */
  readonly children: ReadonlyMap<string, { readonly name: string; readonly object: string }>;
}

type Packed = readonly [fields: string, parents: string, children: string];

let index: Map<string, { name: string; packed: Packed }> | undefined;
const unpacked = new Map<string, StandardObject>();

function load(): Map<string, { name: string; packed: Packed }> {
  if (index) return index;
  const text = readFileSync(join(import.meta.dirname, 'generated', 'standard-objects.json'), 'utf8');
  const parsed = z.record(z.string(), z.tuple([z.string(), z.string(), z.string()])).parse(JSON.parse(text));
  index = new Map(Object.entries(parsed).map(([name, packed]) => [name.toLowerCase(), { name, packed }]));
  return index;
}

export function hasStandardObject(name: string): boolean {
  return load().has(name.toLowerCase());
}

/** The standard object of a name, in any case, or undefined where the platform has none. */
export function standardObject(name: string): StandardObject | undefined {
  const key = name.toLowerCase();
  const known = unpacked.get(key);
  if (known) return known;
  const entry = load().get(key);
  if (!entry) return undefined;
  const [fields, parents, children] = entry.packed;
  const made: StandardObject = {
    name: entry.name,
    fields: new Map(pairs(fields).map(([field, type]) => [field.toLowerCase(), { name: field, type }])),
    parents: new Map(pairs(parents).map(([relationship, object]) => [relationship.toLowerCase(), { name: relationship, object }])),
    children: new Map(pairs(children).map(([relationship, object]) => [relationship.toLowerCase(), { name: relationship, object }])),
  };
  unpacked.set(key, made);
  return made;
}

function pairs(list: string): [string, string][] {
  if (list === '') return [];
  return list.split(',').map((entry) => {
    const colon = entry.indexOf(':');
    return [entry.slice(0, colon), entry.slice(colon + 1)];
  });
}
