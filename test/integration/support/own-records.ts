import { randomBytes } from 'node:crypto';
import type { RestClient } from './rest-client.ts';

/** Where tools name what they made. */
const MADE = { case_id: 'Case', task_id: 'Task', note_id: 'ContentDocument' } as const;

interface Made {
  readonly object: string;
  readonly id: string;
}

/** What a suite makes in an org that is not its own: told apart by its names, and taken away at the end. */
export class OwnRecords {
  /** Ends the names; empty where the org is the suite's own. */
  readonly #mark: string;
  readonly #made: Made[] = [];

  constructor(isShared: boolean) {
    this.#mark = isShared ? ` ~${randomBytes(4).toString('hex')}` : '';
  }

  get ids(): readonly string[] {
    return this.#made.map(({ id }) => id);
  }

  add(object: string, id: string): void {
    this.#made.push({ object, id });
  }

  /** What a tool made, by its answer. One that says which record it changed names one that is known. */
  addMade(answer: Readonly<Record<string, unknown>>): void {
    for (const [key, object] of Object.entries(MADE)) {
      const id = answer[key];
      if (answer['status'] === 'committed' && typeof id === 'string' && !this.ids.includes(id)) this.add(object, id);
    }
  }

  named(name: string): string {
    return name + this.#mark;
  }

  /** The same JSON with the names as the test gave them. */
  plain(value: unknown): unknown {
    return this.#mark === '' ? value : (JSON.parse(JSON.stringify(value).replaceAll(this.#mark, '')) as unknown);
  }

  /** Youngest first, since they hold on to the older ones. @throws where something is left behind, with its ids */
  async remove(rest: RestClient): Promise<void> {
    const left: string[] = [];
    for (const { object, id } of this.#made.toReversed()) left.push(...[await rest.remove(object, id)].flatMap((refusal) => refusal ?? []));
    if (left.length > 0) throw new Error(`records of this suite are left in the org; delete them by hand:\n${left.join('\n')}`);
  }
}
