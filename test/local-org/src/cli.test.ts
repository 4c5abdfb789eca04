import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SETUP_USERS } from '../data/setup-records.ts';
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
  for (const command of ['start [dir] [--port N] [--data demo|empty]', 'test [dir] [--class Name]', 'deploy [dir]', 'survey [dir]'])
    expect(out).toContain(command);
});

describe('what it does not understand ends with 2, the reason and the way to the help', () => {
  test.each([
    [[], 'No command. Say start, test, deploy or survey.'],
    [['run'], 'Unknown command "run". Say start, test, deploy or survey.'],
    [['start', '--prot', '1'], "Unknown option '--prot'"],
    [['start', '--port', 'x'], '--port x is no port. Give a number from 0 (any free port) to 65535.'],
    [['start', '--port', '65536'], '--port 65536 is no port.'],
    [['start', '--data', 'huge'], '--data huge is not known. Say demo or empty.'],
    [['start', 'a', 'b'], 'Only one folder can be named, but "b" came after a.'],
    [['deploy', '--class', 'X'], '--class has no meaning for deploy.'],
    [['test', '--port', '1'], '--port has no meaning for test.'],
    [['deploy'], 'or above it: there is no sfdx-project.json. Name the folder that has one.'],
    [['deploy', '/no/such/folder'], 'There is no folder /no/such/folder.'],
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

describe('a project', () => {
  const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'local-org-'));
    mkdirSync(join(root, 'app', 'classes'), { recursive: true });
    writeFileSync(join(root, 'sfdx-project.json'), JSON.stringify({ packageDirectories: [{ path: 'app' }] }));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function writeClass(name: string, source: string): void {
    writeFileSync(join(root, 'app', 'classes', `${name}.cls`), source);
    writeFileSync(
      join(root, 'app', 'classes', `${name}.cls-meta.xml`),
      `<ApexClass ${XMLNS}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`,
    );
  }

  const MATHS = `public with sharing class Maths {
    public static Integer twice(Integer value) {
        return value * 2;
    }
    public static Integer half(Integer value) {
        Integer result = value / 2;
        return result;
    }
}`;
  const testClass = (body: string): string => `@IsTest
private class MathsTest {
    @IsTest
    static void works() {
        ${body}
    }
}`;
  const ALL = 'Assert.areEqual(4, Maths.twice(2));\n        Assert.areEqual(1, Maths.half(2));';

  test('deploy lists its components', async () => {
    writeClass('Maths', MATHS);
    const { code, out } = await run('deploy', root);
    expect(code).toBe(0);
    expect(out).toMatch(/^ApexClass {2}Maths {2}app\/classes\/Maths\.cls$/m);
    expect(out).toContain('1 component deployed.');
  });

  test('a folder inside a project stands for itself alone, and its files are named from the project', async () => {
    writeClass('Maths', MATHS);
    mkdirSync(join(root, 'more'));
    expect(await run('deploy', join(root, 'app'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('app/classes/Maths.cls') as unknown,
    });
    expect(await run('deploy', join(root, 'more'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing to deploy: no metadata in') as unknown,
    });
  });

  test('deploy names every problem by file, line and column', async () => {
    writeClass('Maths', MATHS.replace('value * 2', 'valeu * 2').replace('value / 2', 'velau / 2'));
    const { code, out, err } = await run('deploy', root);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^app\/classes\/Maths\.cls:3:16 .*valeu/m);
    expect(err).toMatch(/^app\/classes\/Maths\.cls:6:26 .*velau/m);
    expect(err).toContain('Deploy failed with 2 problems; nothing was deployed.');
  });

  test('test passes when all pass and enough is covered', async () => {
    writeClass('Maths', MATHS);
    writeClass('MathsTest', testClass(ALL));
    const { code, out } = await run('test', root);
    expect(out).toMatch(/^MathsTest\.works +Pass/m);
    expect(out).toMatch(/^Maths +100%$/m);
    expect(out).toMatch(/^Test Run Coverage +100%$/m);
    expect(code).toBe(0);
  });

  test('a failing test is shown with its reason, and fails the run', async () => {
    writeClass('Maths', MATHS);
    writeClass('MathsTest', testClass(ALL.replace('1, ', '9, ')));
    const { code, out } = await run('test', root);
    expect(out).toMatch(/^MathsTest\.works +Fail +System\.AssertException: .*Class\.MathsTest\.works: line 6/m);
    expect(out).toMatch(/^Outcome +Failed$/m);
    expect(code).toBe(1);
  });

  test('too little coverage fails the run and names the lines, unless only some classes were run', async () => {
    writeClass('Maths', MATHS);
    writeClass('MathsTest', testClass('Assert.areEqual(4, Maths.twice(2));'));
    const whole = await run('test', root);
    expect(whole.out).toMatch(/^Maths +33% +6-7$/m);
    expect(whole.err).toContain('Coverage is below 75 %');
    expect(whole.code).toBe(1);
    expect((await run('test', root, '--class', 'mathstest')).code).toBe(0);
  });

  test('a class that is not there, and a project without tests', async () => {
    writeClass('Maths', MATHS);
    expect(await run('test', root, '--class', 'Nope')).toMatchObject({
      code: 2,
      err: expect.stringContaining('No class Nope in this project.') as unknown,
    });
    expect(await run('test', root)).toMatchObject({ code: 1, err: expect.stringContaining('No test was run') as unknown });
  });

  test('start prints the URL and a token for every user, and ends when it is told to', async () => {
    const { code, out, err } = await run('start', root, '--data', 'empty');
    expect(code).toBe(0);
    expect(out).toMatch(/^Local org: http:\/\/127\.0\.0\.1:\d+$/m);
    expect(out.match(/^\S+@larkfield\.example +.+ 00D\w{12}![.\w]+$/gm)).toHaveLength(SETUP_USERS.length);
    expect(err).toContain('Ctrl-C ends it; nothing is kept.');
    expect(err).toContain('Ended.');
  });
});
