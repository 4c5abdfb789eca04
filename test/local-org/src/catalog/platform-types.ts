import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ADDED_TYPES, CORRECTED_METHODS } from './corrections.ts';

export interface MethodSignature {
  readonly name: string;
  readonly isStatic: boolean;
  /** Types as spelled in the catalogue: `Integer`, `Map<String,Object>`, `T`, `@Account` for an sObject. */
  readonly params: readonly string[];
  readonly returns: string;
}

export interface FieldSignature {
  readonly name: string;
  readonly isStatic: boolean;
  readonly type: string;
}

export interface PlatformType {
  /** Canonical name without `System.`: `String`, `Database.SaveResult`. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly isAbstract: boolean;
  readonly typeParams: readonly string[];
  readonly superclass: string | null;
  readonly interfaces: readonly string[];
  readonly enumValues: readonly string[];
  /** By lower-case name, overloads together. Own ones only; the checker walks up. */
  readonly methods: ReadonlyMap<string, readonly MethodSignature[]>;
  readonly fields: ReadonlyMap<string, FieldSignature>;
  /** Parameter lists. */
  readonly constructors: readonly (readonly string[])[];
}

const Packed = z.strictObject({
  kind: z.enum(['class', 'interface', 'enum']),
  abstract: z.boolean().optional(),
  params: z.array(z.string()).optional(),
  extends: z.string().optional(),
  implements: z.array(z.string()).optional(),
  values: z.array(z.string()).optional(),
  fields: z.array(z.string()).optional(),
  constructors: z.array(z.string()).optional(),
  methods: z.array(z.string()).optional(),
});

let index: Map<string, { name: string; packed: unknown }> | undefined;
let namespaces: Set<string> | undefined;
const unpacked = new Map<string, PlatformType>();

function load(): Map<string, { name: string; packed: unknown }> {
  if (index) return index;
  const text = readFileSync(join(import.meta.dirname, 'generated', 'platform-types.json'), 'utf8');
  const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  index = new Map(
    Object.entries({ ...parsed, ...ADDED_TYPES }).map(([spelled, packed]) => [
      bareName(spelled).toLowerCase(),
      { name: bareName(spelled), packed },
    ]),
  );
  return index;
}

/** The platform type of a canonical name (`String`, `Schema.SObjectType`), in any case. */
export function platformType(name: string): PlatformType | undefined {
  const key = name.toLowerCase();
  const known = unpacked.get(key);
  if (known) return known;
  const entry = load().get(key);
  if (!entry) return undefined;
  const packed = Packed.parse(entry.packed);
  const methods = new Map<string, MethodSignature[]>();
  const corrected = CORRECTED_METHODS[entry.name];
  for (const method of (packed.methods ?? []).map((text) => parseMethod(corrected?.[text] ?? text))) {
    const lower = method.name.toLowerCase();
    methods.set(lower, [...(methods.get(lower) ?? []), method]);
  }
  const made: PlatformType = {
    name: entry.name,
    kind: packed.kind,
    isAbstract: packed.abstract ?? false,
    typeParams: packed.params ?? [],
    superclass: packed.extends ?? null,
    interfaces: packed.implements ?? [],
    enumValues: packed.values ?? [],
    methods,
    fields: new Map((packed.fields ?? []).map(parseField).map((field) => [field.name.toLowerCase(), field])),
    constructors: (packed.constructors ?? []).map((list) => splitTypes(list.slice(1, -1))),
  };
  unpacked.set(key, made);
  return made;
}

/** True for `Schema`, `Database`, … : names that may stand before a dot as a namespace. */
export function isNamespace(name: string): boolean {
  namespaces ??= new Set([
    'system',
    ...[...load().values()].filter((t) => t.name.includes('.')).map((t) => t.name.slice(0, t.name.indexOf('.')).toLowerCase()),
  ]);
  return namespaces.has(name.toLowerCase());
}

function bareName(spelled: string): string {
  const generic = spelled.indexOf('<');
  return generic < 0 ? spelled : spelled.slice(0, generic);
}

function parseMethod(text: string): MethodSignature {
  const isStatic = text.startsWith('static ');
  const body = isStatic ? text.slice(7) : text;
  const open = body.indexOf('(');
  const close = body.lastIndexOf('):');
  return { name: body.slice(0, open), isStatic, params: splitTypes(body.slice(open + 1, close)), returns: body.slice(close + 2) };
}

function parseField(text: string): FieldSignature {
  const isStatic = text.startsWith('static ');
  const body = isStatic ? text.slice(7) : text;
  const colon = body.indexOf(':');
  return { name: body.slice(0, colon), isStatic, type: body.slice(colon + 1) };
}

/** Splits at commas outside angle brackets. */
export function splitTypes(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === '<') depth++;
    else if (list[i] === '>') depth--;
    else if (list[i] === ',' && depth === 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  if (list.length > start) parts.push(list.slice(start));
  return parts;
}
