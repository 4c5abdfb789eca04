import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildShim } from '../build.ts';
import { opportunityId, startSampleOrg } from './testing/sample-org.ts';
import type { ScriptedOrg } from './testing/scripted-org.ts';
import { catalogues } from './tools/catalogue.ts';
import { callTool } from './testing/shim-client.ts';

const node20 = fileURLToPath(new URL('../../node_modules/node20/bin/node', import.meta.url));
const runtimes = [process.execPath, node20];

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

let folder: string;
let bundle: string;
let org: ScriptedOrg;

beforeAll(async () => {
  // Away from node_modules: the bundle must need nothing beside it.
  folder = await mkdtemp(join(tmpdir(), 'shim-'));
  bundle = await buildShim({ folder, regenerate: false });
  org = await startSampleOrg();
});
afterAll(async () => {
  await org.close();
  await rm(folder, { recursive: true });
});

it('Node 20 is there to be tested', () => {
  expect(existsSync(node20)).toBe(true);
});

interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the bundle; closes stdin after the input, unless it is to be ended by a signal after some output. */
function run(
  node: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
  then: 'close' | { signal: NodeJS.Signals; after: string } = 'close',
  file = bundle,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [file, ...args], { env: { PATH: process.env['PATH'], ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (then !== 'close' && stdout.includes(then.after)) child.kill(then.signal);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    if (then === 'close') child.stdin.end(input);
    else child.stdin.write(input);
  });
}

async function copyOfBundle(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'shim-copy-'));
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function removeParts(of: string, prefix: string): Promise<void> {
  const parts = (await readdir(of)).filter((name) => name.startsWith(prefix));
  expect(parts).not.toEqual([]);
  await Promise.all(parts.map((name) => rm(join(of, name))));
}

function lines(...messages: object[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join('');
}

describe.each(runtimes)('the bundle under %s', (node) => {
  const env = (): NodeJS.ProcessEnv => ({ SFDC_INSTANCE_URL: org.url, SFDC_ACCESS_TOKEN: 'token-of-the-test' });

  it('answers on stdout, prints nothing else there, and ends when stdin closes', async () => {
    const call = { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'check_connection', arguments: {} } };
    const input = lines(
      initialize,
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      call,
    );
    const { code, stdout, stderr } = await run(node, [], env(), input);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; result: Record<string, unknown> });
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(answers[0]?.result).toMatchObject({ serverInfo: { name: 'mcp-server-salesforce-revops' }, capabilities: { tools: {} } });
    expect(answers[1]?.result['tools']).toHaveLength(catalogues.required.length);
    expect(answers[2]?.result).toMatchObject({ structuredContent: { ok: true } });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toEqual(['tool_call']);
    expect(code).toBe(0);
  });

  it('drops a message that is too long, says so on stderr, and serves on', async () => {
    const tooLong = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'query', arguments: { soql: 'x'.repeat(11_000_000) } } };
    const { code, stdout, stderr } = await run(node, [], env(), lines(initialize, tooLong, { jsonrpc: '2.0', id: 3, method: 'ping' }));
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids).toEqual([1, 3]);
    expect(stderr).toContain('"event":"message_too_long"');
    expect(stderr).toContain('at most 10,485,760 are taken');
    expect(code).toBe(0);
  });

  it('answers initialize before the rest is loaded, once', async () => {
    const alone = await copyOfBundle();
    await removeParts(alone, 'run-cli-');
    const { code, stdout, stderr } = await run(node, [], env(), lines(initialize), 'close', join(alone, 'main.mjs'));
    const whole = await run(node, [], env(), lines(initialize));
    await rm(alone, { recursive: true });
    expect(stderr).toContain('ERR_MODULE_NOT_FOUND');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { protocolVersion: '2025-06-18' } });
    expect(whole).toEqual({ code: 0, signal: null, stdout, stderr: '' });
  });

  it('answers more requests that have the id of initialize', async () => {
    const again = [
      { jsonrpc: '2.0', id: 1, method: 'nope' },
      { jsonrpc: '2.0', id: 1, method: 'ping' },
    ];
    const { stdout, stderr } = await run(node, [], env(), lines(initialize, ...again));
    const [first, ...others] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(first).toMatchObject({ id: 1, result: { protocolVersion: '2025-06-18' } });
    expect(others).toEqual([
      { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'Method not found' } },
      { jsonrpc: '2.0', id: 1, result: {} },
    ]);
    expect(stderr).toBe('');
  });

  it('takes an initialize in pieces, the last of them late', async () => {
    const [first, second] = [lines(initialize).slice(0, 60), lines(initialize).slice(60)];
    // Without settings it complains once it is loaded.
    const child = spawn(node, [bundle], { env: { PATH: process.env['PATH'] } });
    const exited = once(child, 'close');
    child.stdin.write(first);
    await once(child.stderr, 'data');
    child.stdin.end(second);
    const [answer] = await Promise.all([text(child.stdout), exited]);
    expect(JSON.parse(answer)).toMatchObject({ id: 1, result: { protocolVersion: '2025-06-18' } });
  });

  it.each([
    ['a setting that must be looked at', { REVOPS_READ_ONLY: 'perhaps' }, 'This server changes nothing.'],
    ['a read-only server', { REVOPS_READ_ONLY: 'true' }, 'This server changes nothing.'],
    ['a server of its host', { REVOPS_CONFIRMATION: 'host' }, 'Writing: a tool that writes changes the record with one call'],
  ])('tells the client of %s', async (_title, more, expected) => {
    const { stdout } = await run(node, [], { ...env(), ...more }, lines(initialize));
    const answer = JSON.parse(stdout) as { result: { instructions: string } };
    expect(answer.result.instructions).toContain(expected);
  });

  it('refuses a first message that is too long or none, and serves on', async () => {
    const tooLong = { ...initialize, id: 1, params: { ...initialize.params, clientInfo: { name: 'x'.repeat(11_000_000), version: '1' } } };
    const { code, stdout, stderr } = await run(node, [], env(), `${lines(tooLong)}no JSON\n${lines({ ...initialize, id: 2 })}`);
    expect(JSON.parse(stdout)).toMatchObject({ id: 2, result: { protocolVersion: '2025-06-18' } });
    expect(stderr).toContain('"event":"message_too_long"');
    expect(stderr).toContain('"event":"protocol_error"');
    expect(code).toBe(0);
  });

  it('ends when nobody asks, and when nobody listens', async () => {
    expect(await run(node, [], env())).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    const child = spawn(node, [bundle], { env: { PATH: process.env['PATH'], ...env() } });
    child.stdout.destroy();
    child.stdin.on('error', () => undefined).write(lines(initialize));
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('starts without settings and says on stderr what is missing', async () => {
    const { code, stdout, stderr } = await run(node, ['serve'], {}, lines(initialize));
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { protocolVersion: '2025-06-18' } });
    expect(stderr).toContain('SFDC_INSTANCE_URL is not set');
    expect(code).toBe(0);
  });

  it('ends on SIGTERM', async () => {
    const loaded = lines(initialize, { jsonrpc: '2.0', id: 2, method: 'ping' });
    expect(await run(node, [], env(), loaded, { signal: 'SIGTERM', after: '"id":2' })).toMatchObject({ code: 0, signal: null });
  });

  it('ends on SIGTERM although nobody reads its answers', async () => {
    const child = spawn(node, [bundle], { env: { PATH: process.env['PATH'], ...env() } });
    const lists = Array.from({ length: 40 }, (_, index) => ({ jsonrpc: '2.0', id: index + 2, method: 'tools/list' }));
    const stderr = text(child.stderr);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
      if (!stdout.includes('"id":2')) return;
      child.stdout.pause();
      child.kill('SIGTERM');
    });
    child.stdin.write(lines(initialize, ...lists));
    expect(await once(child, 'exit')).toEqual([0, null]);
    child.stdout.destroy();
    expect(await stderr).toBe('');
  });

  it('ends on SIGTERM although a call is running that stdin has left behind', async () => {
    const slow = await startSampleOrg();
    const child = spawn(node, [bundle], {
      env: { PATH: process.env['PATH'], ...env(), SFDC_INSTANCE_URL: slow.url, REVOPS_LOG_LEVEL: 'debug' },
    });
    slow.on(() => {
      // Once: a second signal waits for nothing.
      if (!child.killed) child.kill('SIGTERM');
      return 'silence';
    });
    const params = { name: 'query', arguments: { soql: 'SELECT Id FROM Opportunity LIMIT 1' } };
    child.stdin.end(lines(initialize, { jsonrpc: '2.0', id: 2, method: 'tools/call', params }));
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    await slow.close();
    const { exitCode, signalCode } = child;
    expect({ exitCode, signalCode, stderr }).toEqual({
      exitCode: 0,
      signalCode: null,
      stderr: expect.stringContaining('"event":"server_end","reason":"SIGTERM"') as unknown,
    });
  });

  it.each([
    ['while it is loaded', [initialize], '"id":1'],
    ['later', [initialize, { jsonrpc: '2.0', id: 2, method: 'ping' }], '"id":2'],
  ])('ends when its connection is reset %s', async (_when, messages, after) => {
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    const child = spawn(node, [bundle], { env: { PATH: process.env['PATH'], ...env() }, stdio: [socket, socket, 'pipe'] });
    let stdout = '';
    client.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
      if (stdout.includes(after)) client.resetAndDestroy();
    });
    client.write(lines(...messages));
    const [stderr, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    socket.destroy();
    server.close();
    expect({ exit, stderr }).toEqual({ exit: [0, null], stderr: '' });
  });

  it('serves a real client: preview, and a query', async () => {
    const client = new Client({ name: 'stdio-client', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: node, args: [bundle], env: env() as Record<string, string>, stderr: 'ignore' }),
    );
    expect(
      await callTool(client, 'update_field', {
        object_type: 'Opportunity',
        object_id: opportunityId,
        field_name: 'NextStep',
        new_value: 'Sign',
        justification: 'Agreed in the review',
      }),
    ).toMatchObject({ change: 'PRODUCTION · Acme renewal · Next Step Call → Sign' });
    expect(
      await callTool(client, 'query', { soql: `SELECT Id, NextStep FROM Opportunity WHERE Id = '${opportunityId}' LIMIT 1` }),
    ).toMatchObject({ rows: [[opportunityId, 'Call']] });
    await client.close();
  });

  it('says so when its files were replaced while it ran', async () => {
    const upgraded = await copyOfBundle();
    const client = new Client({ name: 'stdio-client', version: '1' });
    const args = [join(upgraded, 'main.mjs')];
    await client.connect(new StdioClientTransport({ command: node, args, env: env() as Record<string, string>, stderr: 'ignore' }));
    await client.listTools();
    await removeParts(upgraded, 'soql-');
    expect(await callTool(client, 'query', { soql: 'SELECT Id FROM Opportunity LIMIT 1' })).toMatchObject({
      error: { code: 'SF_API_ERROR', message: expect.stringContaining('Restart it') as unknown, details: { cause: 'RESTART_NEEDED' } },
    });
    await client.close();
    await rm(upgraded, { recursive: true });
  });

  it('checks the connection from the command line', async () => {
    const { code, stdout } = await run(node, ['check'], env());
    expect(stdout).toContain('ok  org            PRODUCTION: Acme Corp');
    expect(code).toBe(0);
    expect((await run(node, ['check'], {})).code).toBe(1);
  });
});

describe('the command line', () => {
  it('prints help and version', async () => {
    expect((await run(process.execPath, ['--help'], {})).stdout).toMatch(/^Usage: mcp-server-salesforce-revops/);
    expect((await run(process.execPath, ['--version'], {})).stdout).toBe('0.1.0\n');
  });

  it.each([['--nope'], ['frobnicate'], ['serve', 'twice']])('refuses %s', async (...args) => {
    const { code, stdout, stderr } = await run(process.execPath, args, {});
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage:');
  });
});
