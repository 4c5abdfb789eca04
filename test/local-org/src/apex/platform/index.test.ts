import { describe, expect, it } from 'vitest';
import { platformType, type PlatformType } from '../../catalog/platform-types.ts';
import { platformClasses } from './index.ts';

/** The signatures that a key names, in the catalogue. */
function overloads(type: PlatformType, key: string, isStatic: boolean): number {
  const [, name = '', list, arity] = /^(\w*)(?:\((.*)\)|\/(\d+))$/.exec(key) ?? [];
  const candidates =
    name === ''
      ? type.constructors
      : (type.methods.get(name.toLowerCase()) ?? []).filter((m) => m.name === name && m.isStatic === isStatic).map((m) => m.params);
  return candidates.filter((params) => (arity === undefined ? params.join(',') === list : params.length === Number(arity))).length;
}

describe('every implemented signature is one of the catalogue', () => {
  it.each(platformClasses.map((c) => [c.name, c] as const))('%s', (name, implementation) => {
    const type = platformType(name);
    expect(type?.name).toBe(name);
    if (!type) return;
    const unknown = [
      ...Object.keys(implementation.statics ?? {}).filter((key) => overloads(type, key, true) === 0),
      ...Object.keys(implementation.methods ?? {}).filter((key) => overloads(type, key, false) === 0),
      ...Object.keys(implementation.constructors ?? {}).filter((key) => overloads(type, key, false) === 0),
      ...Object.keys(implementation.staticProperties ?? {}).filter((key) => type.fields.get(key.toLowerCase())?.name !== key),
      ...Object.keys(implementation.properties ?? {}).filter((key) => type.fields.get(key.toLowerCase())?.name !== key),
    ];
    expect(unknown).toEqual([]);
  });

  it('names each class once', () => {
    const names = platformClasses.map((c) => c.name);
    expect(names).toEqual([...new Set(names)]);
  });
});
