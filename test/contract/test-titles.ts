import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const suites = ['mcp-shim/**/*.test.ts', 'test/{integration,contract}/**/*.test.ts'];

/** By test file of the shim, the ids of statements that the titles of its tests carry in brackets, those of tables among them. */
export function citedIds(): ReadonlyMap<string, ReadonlySet<string>> {
  const files = globSync(suites, { cwd: root, exclude: (path) => path.includes('node_modules') });
  return new Map(files.map((file) => [file, idsIn(readFileSync(join(root, file), 'utf8'))]));
}

/** @param source of a test file; tests that are skipped do not count */
export function idsIn(source: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) titlesOf(node).forEach((title) => bracketedIds(title).forEach((id) => ids.add(id)));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest));
  return ids;
}

/** `test('title', …)` has one; the table of `test.each([…])` may hold many. */
function titlesOf(call: ts.CallExpression): string[] {
  const words = wordsOf(call.expression);
  if (!['it', 'test', 'describe'].includes(words[0] ?? '') || words.some((word) => ['skip', 'todo', 'skipIf'].includes(word))) return [];
  const isTable = ts.isPropertyAccessExpression(call.expression) && words.at(-1) === 'each';
  return (isTable ? call.arguments : call.arguments.slice(0, 1)).flatMap(textsIn);
}

/** `describe.each(…)` → describe, each */
function wordsOf(callee: ts.Expression): string[] {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) return [...wordsOf(callee.expression), callee.name.text];
  return ts.isCallExpression(callee) ? wordsOf(callee.expression) : [];
}

function textsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  const texts: string[] = [];
  node.forEachChild((child) => void texts.push(...textsIn(child)));
  return texts;
}

function bracketedIds(title: string): string[] {
  return [...title.matchAll(/\[((?:[a-z]+-\d{3}(?:, )?)+)\]/g)].flatMap(([, ids = '']) => ids.split(', '));
}
