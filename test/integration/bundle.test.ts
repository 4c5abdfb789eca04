// @module-tag own-process
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildShim } from '../../mcp-shim/build.ts';
import { callTool } from '../../mcp-shim/src/testing/shim-client.ts';
import { catalogues } from '../../mcp-shim/src/tools/catalogue.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let folder: string;
let bundle: string;
beforeAll(async () => {
  // In a folder of its own: the bundle needs nothing beside it.
  folder = await mkdtemp(join(tmpdir(), 'shim-'));
  [org, bundle] = await Promise.all([startTestOrg(), buildShim({ folder, regenerate: false })]);
});
afterAll(async () => {
  await org.close();
  await rm(folder, { recursive: true });
});

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const environment = (): Record<string, string> => ({ SFDC_INSTANCE_URL: org.url, SFDC_ACCESS_TOKEN: org.token });

/** Runs a program to its own end; stdin is closed after the input. */
function run(command: string, args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { PATH: process.env['PATH'], ...environment() } });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, ...said }));
    child.stdin.end(input);
  });
}

describe.each([
  ['24', process.execPath],
  ['20', join(import.meta.dirname, '../../node_modules/node20/bin/node')],
])('the bundle under Node %s', (major, node) => {
  test('runs there', async () => {
    expect((await run(node, ['--version'])).stdout).toMatch(new RegExp(`^v${major}\\.`));
  });

  test('answers initialize, tools/list and a query, prints nothing else on stdout, and ends when stdin closes', async () => {
    const messages = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/list' },
      { id: 3, method: 'tools/call', params: { name: 'query', arguments: { soql: 'SELECT Name, IsSandbox FROM Organization LIMIT 1' } } },
    ];
    const { code, stdout, stderr } = await run(
      node,
      [bundle],
      messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''),
    );
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const table = { columns: ['Name', 'IsSandbox'], rows: [['Larkfield Software', false]], returned: 1, truncated: false };
    expect(answers).toEqual([
      {
        jsonrpc: '2.0',
        id: 1,
        result: expect.objectContaining({
          protocolVersion: '2025-06-18',
          capabilities: { tools: {}, prompts: {}, resources: {} },
        }) as unknown,
      },
      {
        jsonrpc: '2.0',
        id: 2,
        result: {
          tools: catalogues.required.map(({ name }) => expect.objectContaining({ name }) as unknown),
        },
      },
      { jsonrpc: '2.0', id: 3, result: { content: [{ type: 'text', text: JSON.stringify(table) }], structuredContent: table } },
    ]);
    expect(stderr).not.toContain(org.token);
    expect(code).toBe(0);
  });

  test('a real client previews and commits; the audit row names it [revops-029, revops-040, crm-002]', async () => {
    const { dealId } = await createDeal(org);
    const client = new Client({ name: 'desktop', version: major });
    await client.connect(new StdioClientTransport({ command: node, args: [bundle], env: environment(), stderr: 'ignore' }));
    const { change: line, confirmation_token } = await callTool(client, 'update_field', change(dealId, 'Amount', 2500));
    expect(line).toBe('PRODUCTION · Acme renewal · Amount 1200.5 → 2500');
    expect(await callTool(client, 'confirm_write', { change: line, confirmation_token })).toMatchObject({ status: 'committed' });
    await client.close();
    expect(await org.rest.query(`SELECT Amount FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ Amount: 2500 }]);
    expect(await org.auditRows('New_Value__c, Client__c, Changed__c', dealId)).toEqual([
      { New_Value__c: '2500', Client__c: `desktop/${major}`, Changed__c: true },
    ]);
  });

  test('asks the person where the client can, also after the early answer', async () => {
    const { dealId } = await createDeal(org);
    const client = new Client({ name: 'desktop', version: major }, { capabilities: { elicitation: {} } });
    const asked: string[] = [];
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      return { action: 'accept', content: {} };
    });
    await client.connect(new StdioClientTransport({ command: node, args: [bundle], env: environment(), stderr: 'ignore' }));
    expect(await callTool(client, 'update_field', change(dealId, 'Amount', 2500))).toMatchObject({ status: 'committed' });
    await client.close();
    expect(asked).toEqual([expect.stringContaining('PRODUCTION · Acme renewal · Amount 1200.5 → 2500')]);
  });

  test('check: the report, and 0', async () => {
    const { code, stdout } = await run(node, [bundle, 'check']);
    expect(stdout).toContain('PRODUCTION: Larkfield Software');
    expect(stdout).toMatch(/^warn  notice +No review of who may read and write/m);
    expect(stdout).not.toContain('FAIL');
    expect(code).toBe(0);
  });
});
