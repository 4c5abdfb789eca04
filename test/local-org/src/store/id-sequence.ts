import { keyPrefix, to18 } from '../schema/ids.ts';
import type { ObjectDef } from '../schema/types.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Characters 4 to 6 of every id made here: which instance of Salesforce the org would live on. */
const INSTANCE = 'Lo0';
const SEQUENCE_LENGTH = 9;

/** Ids in ascending order, counted for each key prefix (some set-up objects share one). */
export class IdSequence {
  readonly #last = new Map<string, number>();

  next(object: ObjectDef): string {
    const number = (this.#last.get(object.keyPrefix) ?? 0) + 1;
    this.#last.set(object.keyPrefix, number);
    return to18(object.keyPrefix + INSTANCE + encode(number));
  }

  /** Steps over an id that came from elsewhere, so that it is not handed out again. */
  skip(id: string): void {
    if (id.slice(3, 6) !== INSTANCE) return;
    const prefix = keyPrefix(id);
    const number = decode(id.slice(6, 15));
    if (number > (this.#last.get(prefix) ?? 0)) this.#last.set(prefix, number);
  }
}

function encode(number: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / DIGITS.length)) text = DIGITS.charAt(rest % DIGITS.length) + text;
  return text.padStart(SEQUENCE_LENGTH, '0');
}

function decode(text: string): number {
  let number = 0;
  for (const digit of text) number = number * DIGITS.length + DIGITS.indexOf(digit);
  return number;
}
