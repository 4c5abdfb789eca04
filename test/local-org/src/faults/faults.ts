import type { Fault } from './fault.ts';

/** A fault at work. */
export interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  /** Requests that it met so far. */
  readonly hits: number;
  remove(): void;
}

/**
 * Faults of one org, met in the order in which they were added; one request meets at most one of each moment. They
 * stand outside the transaction: what was committed before an `after` fault stays committed.
 */
export class Faults {
  readonly #active: Entry[] = [];
  #lastId = 0;

  add(fault: Fault): ActiveFault {
    this.#lastId += 1;
    const entry = new Entry(this.#lastId, fault, (gone) => this.#drop(gone));
    this.#active.push(entry);
    return entry;
  }

  list(): readonly ActiveFault[] {
    return this.#active;
  }

  clear(): void {
    this.#active.length = 0;
  }

  /** The fault that this request meets now, counted as met; undefined where there is none. */
  meet(when: 'before' | 'after', method: string, path: string): Fault | undefined {
    for (const entry of [...this.#active]) {
      if ((entry.fault.when ?? 'before') !== when || !entry.matches(method, path)) continue;
      if (!entry.take()) continue;
      if (entry.hits >= (entry.fault.times ?? 1)) this.#drop(entry);
      return entry.fault;
    }
    return undefined;
  }

  #drop(entry: Entry): void {
    const index = this.#active.indexOf(entry);
    if (index >= 0) this.#active.splice(index, 1);
  }
}

class Entry implements ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  readonly #path: RegExp;
  readonly #remove: (entry: Entry) => void;
  #skipped = 0;
  hits = 0;

  constructor(id: number, fault: Fault, remove: (entry: Entry) => void) {
    this.id = id;
    this.fault = fault;
    this.#remove = remove;
    const literal = fault.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    this.#path = new RegExp(`^${literal.join('.*')}$`);
  }

  matches(method: string, path: string): boolean {
    return (this.fault.method === undefined || this.fault.method.toUpperCase() === method) && this.#path.test(path);
  }

  take(): boolean {
    if (this.#skipped < (this.fault.skip ?? 0)) {
      this.#skipped += 1;
      return false;
    }
    this.hits += 1;
    return true;
  }

  remove(): void {
    this.#remove(this);
  }
}
