import type { Problem } from '../../errors.ts';
import type { Schema } from '../../schema/types.ts';
import type { PlatformRegistry } from '../platform/registry.ts';
import type { ClassSymbol, TriggerSymbol } from './symbols.ts';

/** Everything that one deploy compiled: immutable once it is in force. */
export class Program {
  readonly schema: Schema;
  readonly platform: PlatformRegistry;
  /** Top-level types by lower-case name. */
  readonly classes = new Map<string, ClassSymbol>();
  readonly triggers: TriggerSymbol[] = [];
  readonly problems: Problem[] = [];

  constructor(schema: Schema, platform: PlatformRegistry) {
    this.schema = schema;
    this.platform = platform;
  }

  /** The same classes and triggers, for something to be checked against them without leaving its problems here. */
  copy(): Program {
    const copy = new Program(this.schema, this.platform);
    for (const [name, cls] of this.classes) copy.classes.set(name, cls);
    copy.triggers.push(...this.triggers);
    return copy;
  }

  /** A class by its qualified name, `Outer.Inner`. */
  classNamed(name: string): ClassSymbol | undefined {
    const [outer, inner] = name.toLowerCase().split('.');
    const top = outer === undefined ? undefined : this.classes.get(outer);
    return inner === undefined ? top : top?.inner.get(inner);
  }

  *allClasses(): Iterable<ClassSymbol> {
    for (const top of this.classes.values()) {
      yield top;
      yield* top.inner.values();
    }
  }
}
