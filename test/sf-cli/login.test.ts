import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { CLIENT_ID } from '../local-org/src/api/oauth/grants.ts';
import { accessTokenLogin, ADMINISTRATOR, startCliOrg, type CliOrg } from './support/cli-org.ts';
import { CRATES, CRATES_COMPONENTS } from './support/crates.ts';
import { componentsOf, deployReport, states } from './support/deploy-report.ts';

const DANA = 'dana.whitfield@larkfield.example';
const app = generateKeyPairSync('rsa', { modulusLength: 2048 });

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty', loggedIn: false });
  await cli.control('/oauth', { certificate: app.publicKey.export({ type: 'spki', format: 'pem' }) });
  cli.write({ 'app.key': app.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
});
afterAll(() => cli.close());

const tokenOf = (username: string): string => cli.org.tokens.find((one) => one.username === username)?.token ?? '';

test('an access token logs its user in; display tells of the org, and logout forgets it', async () => {
  const { sf, url, org } = cli;
  const login = await sf.json(accessTokenLogin(url), { SF_ACCESS_TOKEN: tokenOf(ADMINISTRATOR) });
  expect(login).toMatchObject({ exitCode: 0, result: { username: ADMINISTRATOR, orgId: org.id, instanceUrl: `${url}/` } });

  const display = await sf.json(['org', 'display', '--target-org', 'local']);
  expect(display).toMatchObject({
    exitCode: 0,
    result: { id: org.id, username: ADMINISTRATOR, alias: 'local', connectedStatus: 'Connected', apiVersion: '67.0' },
  });
  const human = await sf.run(['org', 'display', '--target-org', 'local']);
  expect(human.stdout).toContain(` Id                ${org.id} `);

  const logout = await sf.json(['org', 'logout', '--target-org', 'local', '--no-prompt']);
  expect(logout).toMatchObject({ exitCode: 0, result: [ADMINISTRATOR] });
  expect(existsSync(join(cli.home, '.sfdx', `${ADMINISTRATOR}.json`))).toBe(false);
  expect(await sf.json(['org', 'display', '--target-org', 'local'])).toMatchObject({ exitCode: 2, name: 'NamedOrgNotFoundError' });
});

test('a token that the org did not issue logs nobody in', async () => {
  const answer = await cli.sf.json(accessTokenLogin(cli.url), { SF_ACCESS_TOKEN: `${cli.org.id.slice(0, 15)}!AQEAQUnknown` });
  expect(answer).toMatchObject({ exitCode: 1, message: expect.stringContaining('Bad_OAuth_Token') as string });
});

// Where a JWT login is refused, the CLI asks Salesforce's own login hosts next: those cases are told over plain HTTP, in jwt-bearer.test.ts.
test('the certificate of the client app logs a user in, and again when the session has expired', async () => {
  const login = await cli.sf.json([
    'org',
    'login',
    'jwt',
    '--client-id',
    CLIENT_ID,
    '--jwt-key-file',
    'app.key',
    '--username',
    DANA,
    '--instance-url',
    cli.url,
    '--alias',
    'dana',
  ]);
  expect(login).toMatchObject({ exitCode: 0, result: { username: DANA, orgId: cli.org.id, instanceUrl: cli.url } });
  await cli.control('/sessions/expire', { username: DANA });
  const rows = await cli.sf.result(
    z.looseObject({ records: z.array(z.looseObject({ Username: z.string() })) }),
    ['data', 'query', '--target-org', 'dana', '--query', `SELECT Username FROM User WHERE Username = '${DANA}'`],
  ); // prettier-ignore
  expect(rows.records).toEqual([expect.objectContaining({ Username: DANA })]);
});

test('a deploy survives that its session ends while it runs', async () => {
  cli.write(CRATES);
  await cli.control('/deploys', { pendingPolls: 3 });
  const deploying = cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app', '--target-org', 'dana']);
  await vi.waitFor(() => expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS), { timeout: 60_000, interval: 20 });
  expect(cli.org.sessions.expire(DANA)).toBeGreaterThan(0);
  const report = await deploying;
  expect([report.status, states(report)]).toEqual(['Succeeded', CRATES_COMPONENTS.map((one) => `Created ${one}`)]);
  expect(cli.org.sessions.expire(DANA)).toBe(1);
});
