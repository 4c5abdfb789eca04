import type { Problem } from '../errors.ts';
import type { XmlElement } from './xml-element.ts';

/** `1 AND (2 OR NOT 3)` over as many filters as there are, each of which it names. */
export function filterLogicProblems(logic: XmlElement, filters: number): Problem[] {
  const text = logic.text.trim();
  const problem = (message: string): Problem[] => [{ message: `Invalid filter logic ${text}: ${message}`, location: logic.at }];
  const tokens = text.match(/\d+|[()]|[A-Za-z]+|\S/g) ?? [];
  const named = new Set(tokens.filter((token) => /^\d+$/.test(token)).map(Number));
  for (const number of named) if (number < 1 || number > filters) return problem(`there is no filter ${number}`);
  for (let number = 1; number <= filters; number += 1) if (!named.has(number)) return problem(`filter ${number} is not in it`);
  return new FilterLogic(tokens).isSound() ? [] : problem('numbers, AND, OR, NOT and parentheses are expected');
}

class FilterLogic {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens.map((token) => token.toUpperCase());
  }

  isSound(): boolean {
    return this.#expression() && this.#next === this.#tokens.length;
  }

  #expression(): boolean {
    if (!this.#operand()) return false;
    while (this.#take((token) => token === 'AND' || token === 'OR')) if (!this.#operand()) return false;
    return true;
  }

  #operand(): boolean {
    if (this.#take((token) => token === 'NOT')) return this.#operand();
    if (this.#take((token) => token === '(')) return this.#expression() && this.#take((token) => token === ')');
    return this.#take((token) => /^\d+$/.test(token));
  }

  #take(accepts: (token: string) => boolean): boolean {
    const token = this.#tokens[this.#next];
    if (token === undefined || !accepts(token)) return false;
    this.#next += 1;
    return true;
  }
}
