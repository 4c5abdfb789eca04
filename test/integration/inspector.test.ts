// @module-tag own-process
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { buildShim } from '../../mcp-shim/build.ts';
import { listTools } from '../../mcp-shim/src/server/tool-list.ts';
import { catalogues } from '../../mcp-shim/src/tools/catalogue.ts';
import { sampleArguments } from '../contract/sample-arguments.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The bundle, started and asked by the command line of the MCP Inspector, a client that is not ours and looks closely. */
let org: TestOrg;
let folder: string;
let bundle: string;
/** Arguments that name records of this org. */
let ofThisOrg: Record<string, Record<string, unknown>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspector-'));
  [org, bundle] = await Promise.all([startTestOrg(), buildShim({ folder, regenerate: false })]);
  const { dealId, accountId } = await createDeal(org);
  const contactId = await org.rest.create('Contact', { LastName: 'Ng', AccountId: accountId });
  const leadId = await org.rest.create('Lead', { LastName: 'Ito', Company: 'Globex' });
  const caseId = await org.rest.create('Case', { Subject: 'Broken', Origin: 'Web' });
  ofThisOrg = {
    get_account: { account_id: accountId },
    get_contacts_for_account: { account_id: accountId },
    get_contact: { contact_id: contactId },
    get_lead: { lead_id: leadId },
    get_opportunity: { opp_id: dealId },
    get_case: { case_id: caseId },
    get_recent_activities: { related_to_id: accountId },
    update_field: change(dealId, 'Amount', 2500),
  };
});
afterAll(async () => {
  await org.close();
  await rm(folder, { recursive: true });
});

const manifest = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json');
const inspector = join(dirname(manifest), 'clients/launcher/build/index.js');

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** It keeps files in its user's home, so it gets one of its own. */
function inspect(args: readonly string[]): Promise<Run> {
  const settings = [`SFDC_INSTANCE_URL=${org.url}`, `SFDC_ACCESS_TOKEN=${org.token}`, 'REVOPS_LOG_LEVEL=silent'].flatMap((setting) => [
    '-e',
    setting,
  ]);
  return new Promise((resolve, reject) => {
    const command = [inspector, '--cli', '--format', 'json', ...settings, ...args, process.execPath, bundle];
    const child = spawn(process.execPath, command, { env: { PATH: process.env['PATH'], HOME: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, ...said }));
  });
}

const Listed = z.object({ result: z.object({ tools: z.array(z.looseObject({ name: z.string() })) }) });
const Called = z.object({
  result: z.strictObject({
    content: z.tuple([z.strictObject({ type: z.literal('text'), text: z.string() })]),
    structuredContent: z.looseObject({}),
  }),
});

test('tools/list --strict: every tool, and nothing to complain of', async () => {
  const { code, stdout, stderr } = await inspect(['--method', 'tools/list', '--strict']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(Listed.parse(JSON.parse(stdout)).result.tools).toEqual(listTools(catalogues.required));
});

const called = catalogues.required.map(({ name }) => name).filter((name) => name === 'update_field' || isRead(name));

test.concurrent.each(called)('%s: called, and its result taken', async (name) => {
  const { code, stdout, stderr } = await inspect([
    ...['--method', 'tools/call', '--tool-name', name],
    ...['--tool-args-json', JSON.stringify({ ...sampleArguments(name), ...ofThisOrg[name] })],
  ]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const { content, structuredContent } = Called.parse(JSON.parse(stdout)).result;
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  expect(structuredContent).not.toHaveProperty('error');
  if (name === 'update_field') expect(structuredContent).toMatchObject({ status: 'confirmation_required' });
});

function isRead(name: string): boolean {
  return catalogues.required.find((tool) => tool.name === name)?.annotations.readOnlyHint === true;
}
