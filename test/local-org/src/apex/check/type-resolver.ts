import { isNamespace, platformType, splitTypes } from '../../catalog/platform-types.ts';
import type { TypeRef } from '../parse/ast.ts';
import { apexType, T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { fail, notSupported } from './problems.ts';
import type { Program } from './program.ts';
import type { ClassSymbol } from './symbols.ts';

/** Namespaces whose types are visible without their prefix. */
const IMPLICIT = ['', 'Schema.'];

/** A written type as an ApexType, or a compile error in the platform's words. */
export function resolveType(ref: TypeRef, program: Program, within: ClassSymbol | null): ApexType {
  const written = ref.parts.map((part) => part.name).join('.');
  const args = (ref.parts.at(-1)?.args ?? []).map((arg) => resolveType(arg, program, within));
  const base = findType(written, program, within);
  if (base === 'unsupported') notSupported(`the object ${written}`, ref.pos);
  if (!base) fail(`Invalid type: ${written}`, ref.pos);
  const arity = base.kind === 'platform' ? (platformType(base.name)?.typeParams.length ?? 0) : 0;
  if (arity !== args.length) fail(`Invalid type: ${args.length > 0 ? typeName(apexType(base.kind, base.name, args)) : base.name}`, ref.pos);
  let type = args.length > 0 ? apexType(base.kind, base.name, args) : base;
  for (let i = 0; i < ref.arrayDepth; i++) type = T.list(type);
  return type;
}

/** The type of a dotted name, seen from inside a class; generic types without their arguments. */
export function findType(name: string, program: Program, within: ClassSymbol | null): ApexType | 'unsupported' | undefined {
  const parts = name.split('.');
  if (parts.length === 1) {
    const user = userType(name, program, within);
    if (user) return user;
  }
  if (parts.length === 2) {
    const outer = userType(parts[0] ?? '', program, within);
    const nested = outer && program.classNamed(`${outer.name}.${parts[1] ?? ''}`);
    if (nested) return nested.type;
  }
  const bare = parts.length > 1 && parts[0]?.toLowerCase() === 'system' ? parts.slice(1).join('.') : name;
  if (bare.toLowerCase() === 'object') return T.Object;
  if (bare.toLowerCase() === 'aggregateresult') return T.AggregateResult;
  if (bare.toLowerCase() === 'void') return undefined;
  for (const prefix of IMPLICIT) {
    const known = platformType(prefix + bare);
    if (known) return apexType('platform', known.name);
  }
  const objectName = parts.length === 2 && parts[0]?.toLowerCase() === 'schema' ? (parts[1] ?? '') : name;
  if (parts.length > 1 && objectName === name) return undefined;
  const object = program.schema.object(objectName);
  if (object.kind === 'known') return T.sobject(object.def.name);
  return object.kind === 'unsupported' ? 'unsupported' : undefined;
}

/** The same of a name as it is written, with its type arguments: `Map<Id, List<Account>>`, `Account[]`. */
export function findWrittenType(text: string, program: Program): ApexType | 'unsupported' | undefined {
  const written = text.trim();
  const array = /^(.*)\[\s*\]$/s.exec(written)?.[1];
  const generic = /^([^<>]+)<(.*)>$/s.exec(written);
  const names = array === undefined ? splitTypes(generic?.[2] ?? '') : [array];
  const args: ApexType[] = [];
  for (const name of names) {
    const arg = findWrittenType(name, program);
    if (arg === undefined || arg === 'unsupported') return arg;
    args.push(arg);
  }
  const base = findType(array === undefined ? (generic?.[1]?.trim() ?? written) : 'List', program, null);
  if (base === undefined || base === 'unsupported') return base;
  const arity = base.kind === 'platform' ? (platformType(base.name)?.typeParams.length ?? 0) : 0;
  if (arity !== args.length) return undefined;
  return args.length > 0 ? apexType(base.kind, base.name, args) : base;
}

export function isNamespaceName(name: string): boolean {
  return isNamespace(name);
}

function userType(name: string, program: Program, within: ClassSymbol | null): ApexType | undefined {
  const key = name.toLowerCase();
  for (let scope = within; scope; scope = scope.outer) {
    if (scope.name.toLowerCase() === key) return scope.type;
    for (let cls: ClassSymbol | null = scope; cls; cls = cls.userSuperclass) {
      const inner = cls.inner.get(key);
      if (inner) return inner.type;
    }
  }
  return program.classes.get(key)?.type;
}

/** A type as the catalogue spells it (`Map<K,V>`, `@Account`), with type parameters filled in. */
export function catalogType(spelled: string, bindings: ReadonlyMap<string, ApexType>): ApexType {
  const bound = bindings.get(spelled);
  if (bound) return bound;
  if (spelled === 'void') return T.void;
  if (spelled.startsWith('@')) return T.sobject(spelled.slice(1));
  const open = spelled.indexOf('<');
  if (open < 0) return spelled === 'Internal.RecordSet' ? T.list(T.SObject) : apexType('platform', spelled);
  const name = spelled.slice(0, open);
  const args = splitTypes(spelled.slice(open + 1, -1)).map((arg) => catalogType(arg, bindings));
  if (name === 'Internal.RecordSet') return T.list(args[0] ?? T.SObject);
  return apexType('platform', name, args);
}
