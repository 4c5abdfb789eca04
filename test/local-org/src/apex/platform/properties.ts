import type { NativeObject } from '../values/native-object.ts';
import type { ApexValue } from '../values/values.ts';
import type { Runtime } from './types.ts';

interface Property {
  readonly get: (runtime: Runtime, self: NativeObject) => ApexValue;
  readonly set: (runtime: Runtime, self: NativeObject, value: ApexValue) => void;
}

/** Properties that guest code reads and writes, kept in NativeObject.properties under their own names. */
export function storedProperties(...names: readonly string[]): Readonly<Record<string, Property>> {
  return Object.fromEntries(names.map((name) => [name, stored(name)]));
}

function stored(name: string): Property {
  return {
    get: (_runtime, self) => self.properties.get(name) ?? null,
    set: (_runtime, self, value) => {
      self.properties.set(name, value);
    },
  };
}
