import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from './run-command.ts';

/** What `npm run check` refuses in the server because Node 20.19 lacks it, and what it lets pass. The line's name is the mistake. */
const younger = {
  language: [
    'Map.groupBy([1], (item: number) => item);',
    'Object.groupBy([1], (item: number) => item);',
    'Promise.withResolvers();',
    'Promise.try(() => 1);',
    'new Set([1]).union(new Set([2]));',
    'void Array.fromAsync([1]);',
    '[1].values().map((item: number) => item);',
    'new ArrayBuffer(8).transfer();',
    "RegExp.escape('.');",
  ],
  node: [
    "globSync('*.ts');",
    "void new DatabaseSync(':memory:');",
    'getCallSites();',
    "void new WebSocket('ws://[::1]');",
    'void navigator;',
  ],
  none: ["'x'.isWellFormed();", '[2, 1].toSorted();', '[1].findLast(Boolean);', 'AbortSignal.any([]);', "styleText('red', 'x');"],
};
const lines = [
  "import { globSync } from 'node:fs';",
  "import { DatabaseSync } from 'node:sqlite';",
  "import { getCallSites, styleText } from 'node:util';",
  ...Object.values(younger).flat(),
];
const imports = 3;
const file = join(ROOT, 'mcp-shim/src/a-mistake.ts');

it('built-ins that Node 20.19 lacks are refused in the server, each, and older ones are not', async () => {
  const program = programWith(file, `${lines.join('\n')}\n`);
  const source = program.getSourceFile(file);
  if (!source) throw new Error('the program has lost its file');
  const typeErrors = program.getSemanticDiagnostics(source).map(({ start = 0 }) => ts.getLineAndCharacterOfPosition(source, start).line);
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
  });
  const [linted] = await eslint.lintText(`${lines.join('\n')}\n`, { filePath: file });
  const ofNode = (linted?.messages ?? []).filter(({ ruleId }) => ['floor/no-younger-node', 'no-restricted-globals'].includes(ruleId ?? ''));
  const said = (numbers: readonly number[]): string[] =>
    [...new Set(numbers)].filter((line) => line >= imports).map((line) => lines[line] ?? '');
  expect({ language: said(typeErrors), node: said(ofNode.map(({ line }) => line - 1)) }).toEqual({
    language: younger.language,
    node: younger.node,
  });
  expect(ofNode.filter(({ line }) => line <= imports).map(({ message }) => message)).toEqual([
    'globSync came with Node v22.0.0; the server runs on 20.19.0 too.',
    'DatabaseSync came with Node v22.5.0; the server runs on 20.19.0 too.',
    'getCallSites came with Node v22.9.0; the server runs on 20.19.0 too.',
  ]);
});

/** As `tsc -p mcp-shim/tsconfig.node20.json` compiles it, with this file alone. */
function programWith(path: string, text: string): ts.Program {
  const config = join(ROOT, 'mcp-shim/tsconfig.node20.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    join(ROOT, 'mcp-shim'),
  );
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) : fromDisk(name, ...rest);
  return ts.createProgram({ rootNames: [path], options: { ...options, incremental: false }, host });
}
