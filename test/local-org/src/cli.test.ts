import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './cli.ts';

let empty: string;
let project: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'local-org-'));
  project = mkdtempSync(join(tmpdir(), 'local-org-'));
  writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify({ packageDirectories: [{ path: 'missing' }] }));
});
afterAll(() => {
  for (const folder of [empty, project]) rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await runCli(args, {
    out: (text) => (written.out += `${text}\n`),
    err: (text) => (written.err += `${text}\n`),
    ended: () => Promise.resolve(),
    cwd: empty,
  });
  return { code, ...written };
}

test('--help teaches every command', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const command of ['start [dir] [--port N] [--data demo|empty]', 'test [dir] [--class Name]', 'deploy [dir]'])
    expect(out).toContain(command);
});

describe('what it does not understand ends with 2, the reason and the way to the help', () => {
  test.each([
    [[], 'No command. Say start, test or deploy.'],
    [['run'], 'Unknown command "run". Say start, test or deploy.'],
    [['start', '--prot', '1'], "Unknown option '--prot'"],
    [['start', '--port', 'x'], '--port x is no port. Give a number from 0 (any free port) to 65535.'],
    [['start', '--port', '65536'], '--port 65536 is no port.'],
    [['start', '--data', 'huge'], '--data huge is not known. Say demo or empty.'],
    [['start', 'a', 'b'], 'Only one folder can be named, but "b" came after a.'],
    [['deploy', '--class', 'X'], '--class has no meaning for deploy.'],
    [['test', '--port', '1'], '--port has no meaning for test.'],
    [['deploy'], 'it has no sfdx-project.json. Name the folder that has one.'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain('See npm run org -- --help');
  });

  test('a package directory that is not there', async () => {
    expect(await run('deploy', project)).toMatchObject({
      code: 2,
      err: expect.stringContaining('which does not exist. Create it or take it out.') as unknown,
    });
  });
});

test('a port that is taken is named, with the remedy', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  mkdirSync(join(project, 'app'));
  writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify({ packageDirectories: [{ path: 'app' }] }));
  const { code, err } = await run('start', project, '--port', String(port), '--data', 'empty');
  await new Promise((resolve) => other.close(resolve));
  expect(code).toBe(1);
  expect(err).toContain(`Port ${port} cannot be used (EADDRINUSE). Choose another with --port, or leave --port out to get a free one.`);
});
