import type { NativeMethod, NativeStatic, PlatformClass } from './types.ts';

/** Finds what the local org implements of a platform class. */
export class PlatformRegistry {
  private readonly classes = new Map<string, PlatformClass<never>>();

  constructor(classes: readonly PlatformClass<never>[]) {
    for (const implemented of classes) this.classes.set(canonical(implemented.name), implemented);
  }

  class(name: string): PlatformClass<never> | undefined {
    return this.classes.get(canonical(name));
  }

  method(type: string, name: string, params: readonly string[]): NativeMethod<never> | undefined {
    return lookUp(this.class(type)?.methods, name, params);
  }

  static(type: string, name: string, params: readonly string[]): NativeStatic | undefined {
    return lookUp(this.class(type)?.statics, name, params);
  }

  construct(type: string, params: readonly string[]): NativeStatic | undefined {
    return lookUp(this.class(type)?.constructors, '', params);
  }

  all(): Iterable<PlatformClass<never>> {
    return this.classes.values();
  }
}

function lookUp<T>(table: Readonly<Record<string, T>> | undefined, name: string, params: readonly string[]): T | undefined {
  if (!table) return undefined;
  const exact = `${name}(${params.join(',')})`;
  const byArity = `${name}/${params.length}`;
  if (Object.hasOwn(table, exact)) return table[exact];
  return Object.hasOwn(table, byArity) ? table[byArity] : undefined;
}

/** `System.String` and `String` are one class. */
function canonical(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith('system.') ? lower.slice('system.'.length) : lower;
}
