import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One element of a metadata type. */
export interface ElementType {
  /** `string`, `boolean`, `number`, `any`, or the name of a type or enumeration. */
  readonly type: string;
  readonly repeats: boolean;
  readonly required: boolean;
}

export interface MetadataTypes {
  /** Elements by name; undefined for a type that the local org does not deploy. */
  elements(type: string): ReadonlyMap<string, ElementType> | undefined;
  enumeration(name: string): readonly string[] | undefined;
}

const FILE = z.object({
  types: z.record(z.string(), z.record(z.string(), z.string())),
  enums: z.record(z.string(), z.array(z.string())),
});

let loaded: MetadataTypes | undefined;

/** The metadata types as Salesforce's own typings declare them, see `catalog/generate-metadata-types.ts`. */
export function metadataTypes(): MetadataTypes {
  loaded ??= load();
  return loaded;
}

function load(): MetadataTypes {
  const path = join(import.meta.dirname, '..', 'catalog', 'generated', 'metadata-types.json');
  const { types, enums } = FILE.parse(JSON.parse(readFileSync(path, 'utf8')));
  const elements = new Map(
    Object.entries(types).map(([name, written]) => [
      name,
      new Map(Object.entries(written).map(([key, value]) => [key, elementType(value)])),
    ]),
  );
  const enumerations = new Map(Object.entries(enums));
  return { elements: (type) => elements.get(type), enumeration: (name) => enumerations.get(name) };
}

function elementType(written: string): ElementType {
  const repeats = written.endsWith('[]');
  const optional = written.endsWith('?');
  return { type: written.replace(/\[\]$|\?$/, ''), repeats, required: !repeats && !optional };
}
