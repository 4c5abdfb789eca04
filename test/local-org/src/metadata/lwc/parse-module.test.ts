import { expect, test } from 'vitest';
import { parseModule } from './parse-module.ts';

const parse = (text: string) => parseModule({ file: 'x.js', name: 'x.js', text });

test('imports are told with the names that the other module exports', () => {
  const text = `import { LightningElement, api as open } from 'lwc';
import latest from '@salesforce/apex/Audits.latest';
import * as all from './all';
import './effects';
export { one } from './one';
export * from 'c/two';
const later = () => import('c/later');
export default class X extends LightningElement { @open name; get later() { return later()?.x ?? all.y?.[latest]; } }
`;
  const { imports, defaultExport, problems } = parse(text);
  expect(problems).toEqual([]);
  expect(defaultExport).toBe('component');
  expect(imports.map(({ specifier, names, line, column }) => [specifier, names, line, column])).toEqual([
    ['lwc', ['LightningElement', 'api'], 1, 47],
    ['@salesforce/apex/Audits.latest', ['default'], 2, 20],
    ['./all', ['*'], 3, 22],
    ['./effects', [], 4, 8],
    ['./one', [], 5, 21],
    ['c/two', [], 6, 15],
    ['c/later', ['*'], 7, 28],
  ]);
});

test.each([
  ['export const a = 1;', 'none'],
  ['export default class {}', 'other'],
  ['export default function f() {}', 'other'],
  ['export default class extends Base {}', 'component'],
])('%s: %s', (text, expected) => {
  expect(parse(text).defaultExport).toBe(expected);
});

test.each([
  ['let a: string;', 1, 6],
  ['\nclass A {', 2, 10],
  ['const a = <p></p>;', 1, 11],
  ['let a; let a;', 1, 12],
  ['await 1; return 2;', 1, 10],
])('%j does not parse', (text, line, column) => {
  const [problem, ...more] = parse(text).problems;
  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    message: expect.stringMatching(/^Parsing error: /) as unknown,
    location: { file: 'x.js', line, column },
  });
});
