import { NotSupported } from '../../errors.ts';
import type { MapEntry } from './apex-map.ts';
import type { ApexValue } from './values.ts';

/**
 * The members of Map.keySet(): backed by the map, so that a change of either shows in the other.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_map.htm#apex_System_Map_keySet
 */
export class MapKeyView extends Map<string, ApexValue> {
  readonly #entries: Map<string, MapEntry>;

  constructor(entries: Map<string, MapEntry>) {
    super();
    this.#entries = entries;
  }

  override get size(): number {
    return this.#entries.size;
  }

  override has(key: string): boolean {
    return this.#entries.has(key);
  }

  override get(key: string): ApexValue | undefined {
    return this.#entries.get(key)?.key;
  }

  override set(key: string): this {
    throw new NotSupported(`adding ${key} to Map.keySet()`);
  }

  override delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  override clear(): void {
    this.#entries.clear();
  }

  override forEach(visit: (value: ApexValue, key: string, map: Map<string, ApexValue>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  override keys(): MapIterator<string> {
    return this.#entries.keys();
  }

  override *values(): MapIterator<ApexValue> {
    for (const entry of this.#entries.values()) yield entry.key;
  }

  override *entries(): MapIterator<[string, ApexValue]> {
    for (const [key, entry] of this.#entries) yield [key, entry.key];
  }

  override [Symbol.iterator](): MapIterator<[string, ApexValue]> {
    return this.entries();
  }
}
