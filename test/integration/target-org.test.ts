// @module-tag own-process
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { RestClient } from './support/rest-client.ts';
import { sfJson } from './support/sf-json.ts';
import { findTargetOrg } from './support/target-org.ts';
import { startLocalTestOrg } from './support/test-org.ts';

/** `TARGET_ORG`, with a local org in a process of its own as the target: reached only as the sf CLI, logged in to it, says. */
const ROOT = join(import.meta.dirname, '../..');
const Served = z.strictObject({ url: z.url(), token: z.string() });
const Report = z.looseObject({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });

let home: string;
let target: ChildProcess;
let rest: RestClient;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'target-org-'));
  target = spawn(process.execPath, [join(import.meta.dirname, 'support', 'serve-target.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const served = Served.parse(JSON.parse(await firstLine(target)));
  rest = new RestClient(served.url, served.token);
  await logIn('larkfield', served.url, served.token);
});
afterAll(async () => {
  const ended = once(target, 'exit');
  target.stdin?.end();
  await ended;
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

async function firstLine(process: ChildProcess): Promise<string> {
  if (process.stdout === null) throw new Error('the output of the org is not read');
  for await (const line of createInterface({ input: process.stdout })) return line;
  throw new Error('the org ended before it said where it is');
}

/** Made from nothing: neither logins nor proxies of this machine are seen. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  HOME: home,
  USERPROFILE: home,
  CI: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
});

async function logIn(alias: string, url: string, token: string): Promise<void> {
  const args = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', alias];
  await sfJson(args, { ...environment(), SF_ACCESS_TOKEN: token });
}

/** Runs suites as `npm test` does. */
async function runSuites(names: readonly string[]): Promise<{ exitCode: number; output: string; report: z.infer<typeof Report> }> {
  const file = join(home, 'report.json');
  const files = names.map((name) => `test/integration/${name}.test.ts`);
  const vitest = [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project=integration', '--no-color'];
  const args = [...vitest, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...files];
  const ran = await new Promise<{ exitCode: number; output: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env: { ...environment(), TARGET_ORG: 'larkfield' } }, (error, stdout, stderr) =>
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
  expect(ran.exitCode, ran.output).toBe(0);
  return { ...ran, report: Report.parse(JSON.parse(await readFile(file, 'utf8'))) };
}

const OBJECTS = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Task', 'ContentDocument'];
const counts = (): Promise<unknown[]> => Promise.all(OBJECTS.map((object) => rest.query(`SELECT COUNT(Id) records FROM ${object}`)));

test('suites run there, tell what they skip and why, and leave nothing but audit rows behind', { timeout: 180_000 }, async () => {
  const before = await counts();
  const { output, report } = await runSuites(['check-connection', 'write-tools']);
  expect(report).toMatchObject({ numFailedTests: 0, numPendingTests: 2 });
  expect(report.numPassedTests).toBeGreaterThanOrEqual(10);
  expect(output).toContain('Running against larkfield: Larkfield Software, sam.okafor@larkfield.example at http://127.0.0.1:');
  expect(output.slice(output.indexOf('Skipped on')).trimEnd()).toBe(
    [
      'Skipped on larkfield: what only the local org can meet',
      '     1  deploys fixtures, changes settings or leaves force-app out',
      '     1  needs users of its own, with permissions and logins of their own',
    ].join('\n'),
  );
  expect(await counts()).toEqual(before);
  const rows = await rest.query('SELECT Operation__c, COUNT(Id) FROM Cleanup_Audit__c GROUP BY Operation__c');
  expect(rows.map(({ Operation__c }) => Operation__c).sort()).toEqual([
    'add_note',
    'create_case',
    'create_task',
    'revert_change',
    'update_case',
    'update_field',
    'update_lead_status',
  ]);
});

test('an org that the CLI does not know', async () => {
  await expect(findTargetOrg('nowhere', environment())).rejects.toThrow(
    /^TARGET_ORG=nowhere: [^]*No authorization information found for nowhere\.[^]*sf org login web --alias nowhere$/,
  );
});

test('an org that is not set up', async () => {
  const bare = await startLocalTestOrg({ packageDirectories: [] });
  await logIn('bare', bare.url, bare.token);
  await expect(findTargetOrg('bare', environment())).rejects.toThrow(/^TARGET_ORG=bare: .* \(HTTP 404\)\. .* npm run setup:org -- bare$/);
  await bare.close();
});
