import { expect, test } from 'vitest';
import { filterLogicProblems } from './filter-logic.ts';
import type { XmlElement } from './xml-element.ts';

function problems(text: string, filters: number): string[] {
  const at = { file: 'f', line: 1, column: 1 };
  const element: XmlElement = { name: 'booleanFilter', text, at, xsiType: null, isNil: false, attributes: {}, children: [] };
  return filterLogicProblems(element, filters).map(({ message }) => message);
}

test.each([
  ['1', 1],
  ['1 AND 2', 2],
  ['1 and (2 OR NOT 3)', 3],
  ['NOT (1 OR 2) AND ((3))', 3],
])('%s over %i filters is sound', (text, filters) => {
  expect(problems(text, filters)).toEqual([]);
});

test.each([
  ['1 AND 3', 2, 'there is no filter 3'],
  ['0 AND 1', 1, 'there is no filter 0'],
  ['1', 2, 'filter 2 is not in it'],
  ['1 2', 2, 'numbers, AND, OR, NOT and parentheses are expected'],
  ['(1 AND 2', 2, 'numbers, AND, OR, NOT and parentheses are expected'],
  ['1 XOR 2', 2, 'numbers, AND, OR, NOT and parentheses are expected'],
  ['1 AND', 1, 'numbers, AND, OR, NOT and parentheses are expected'],
])('%s over %i filters: %s', (text, filters, message) => {
  expect(problems(text, filters)).toEqual([`Invalid filter logic ${text}: ${message}`]);
});
