import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { brokenLinks } from './check-links.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'links-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('follows links to files, folders and headings, and leaves the web, code and other people’s files alone', async () => {
  write('docs/guide.md', '# The `shim`: set-up\n\n## Again\n\n## Again\n\n[here](#again-1)\n');
  write(
    'README.md',
    [
      '# Start',
      '[file](docs/guide.md) [folder](docs) [heading](docs/guide.md#the-shim-set-up) [own](#start) [code](docs/guide.md "title")',
      '[web](https://example.com/nowhere.md) [mail](mailto:a@example.com) ![picture](docs/guide.md) [named][guide]',
      '`[no](link.md)`',
      '```',
      '[no](link.md)',
      '```',
      '[guide]: docs/guide.md#again',
    ].join('\n\n'),
  );
  write('node_modules/some/README.md', '[broken](nowhere.md)');
  expect(await brokenLinks(root)).toEqual([]);
});

it('names file and line of what leads nowhere', async () => {
  write('docs/guide.md', '# Guide\n\n[up](../README.md#gone)\n');
  write(
    'README.md',
    '# Start\n\n[a](docs/missing.md)\n\n[b](docs/guide.md#again)\n\n![c](picture.png)\n\n[d](../outside.md)\n\n[e]: none\n',
  );
  expect(await brokenLinks(root)).toEqual([
    { file: 'README.md', line: 3, problem: 'docs/missing.md: there is no docs/missing.md' },
    { file: 'README.md', line: 5, problem: 'docs/guide.md#again: docs/guide.md has no heading of that name' },
    { file: 'README.md', line: 7, problem: 'picture.png: there is no picture.png' },
    { file: 'README.md', line: 9, problem: '../outside.md leads out of the repository' },
    { file: 'README.md', line: 11, problem: 'none: there is no none' },
    { file: join('docs', 'guide.md'), line: 3, problem: '../README.md#gone: README.md has no heading of that name' },
  ]);
});
