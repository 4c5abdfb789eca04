import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ContractError } from '../errors.ts';
import { createLogger } from '../observability/logger.ts';
import { Dispatcher } from './dispatcher.ts';
import { ScriptedOrg, ok } from '../testing/scripted-org.ts';
import { catalogues } from '../tools/catalogue.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { defineTool } from '../tools/tool.ts';
import type { Tool, ToolContext } from '../tools/tool.ts';

let open: { close(): Promise<void> }[] = [];
beforeEach(() => void (open = []));
afterEach(() => Promise.all(open.map((item) => item.close())));

async function connect(...parameters: Parameters<typeof connectShim>): Promise<ShimClient> {
  const shim = await connectShim(...parameters);
  open.push(shim);
  return shim;
}

/** Takes the place of `query`, so that the generated list knows it. */
function tool(handler: (context: ToolContext) => Promise<{ answer: number }>): Tool {
  return defineTool({
    name: 'query',
    title: 'Salesforce test tool',
    description: 'Salesforce.',
    input: () => z.strictObject({ dry_run: z.boolean().optional(), soql: z.string().optional() }),
    output: () => z.strictObject({ answer: z.int() }),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    plan: () => [],
    handler: (_args, context) => handler(context),
  });
}

const anywhere = 'http://127.0.0.1:1';

describe('ends a call', () => {
  it('with TIMEOUT, though the tool goes on for ever', async () => {
    const shim = await connect(anywhere, { tools: [tool(() => new Promise(() => undefined))], timeLimitMs: 20 });
    expect(await shim.call('query')).toEqual({
      error: {
        code: 'SF_API_ERROR',
        message: 'The call took longer than 0.02 s. Ask for less, try again later, or raise REVOPS_TIME_LIMIT_SECONDS.',
        details: { cause: 'TIMEOUT', retryable: true },
      },
    });
  });

  it('with what the tool knows better, when it ends just after its time', async () => {
    const handler = ({ signal }: ToolContext): Promise<never> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () =>
          setTimeout(() => reject(new ContractError('SF_API_ERROR', 'Unknown.', { cause: 'UNKNOWN_OUTCOME' })), 5),
        );
      });
    const shim = await connect(anywhere, { tools: [tool(handler)], timeLimitMs: 20 });
    expect(await shim.call('query')).toMatchObject({ error: { details: { cause: 'UNKNOWN_OUTCOME' } } });
  });

  it('with TIMEOUT on a silent org', async () => {
    const org = await ScriptedOrg.start();
    open.push(org);
    org.on(() => 'silence');
    const shim = await connect(org.url, { timeLimitMs: 50 });
    expect(await shim.call('query', { soql: 'SELECT Id FROM Account LIMIT 1' })).toMatchObject({
      error: {
        code: 'SF_API_ERROR',
        message: expect.stringContaining('did not answer in time') as string,
        details: { cause: 'TIMEOUT', retryable: true },
      },
    });
  });

  it('with UNREACHABLE on a dead org', async () => {
    const org = await ScriptedOrg.start();
    const { url } = org;
    await org.close();
    const shim = await connect(url);
    expect(await shim.call('query', { soql: 'SELECT Id FROM Account LIMIT 1' })).toMatchObject({
      error: {
        code: 'SF_API_ERROR',
        message: expect.stringContaining('Check SFDC_INSTANCE_URL and the network.') as string,
        details: { cause: 'UNREACHABLE' },
      },
    });
  });

  it('when the client cancels: the tool hears it and the log says it', async () => {
    const heard = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<unknown>();
    const handler = ({ signal }: ToolContext): Promise<never> => {
      started.resolve(undefined);
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => (heard.resolve(signal.reason), reject(new Error('ended')))),
      );
    };
    const shim = await connect(anywhere, { tools: [tool(handler)] });
    const controller = new AbortController();
    const call = shim.client.callTool({ name: 'query', arguments: {} }, undefined, { signal: controller.signal });
    await started.promise;
    controller.abort('no longer needed');
    await expect(call).rejects.toThrow('no longer needed');
    expect(await heard.promise).toBe('no longer needed');
    await expect.poll(() => shim.log.find((line) => line['event'] === 'tool_call')).toMatchObject({ status: 'cancelled' });
  });
});

it('a cancelled call reaches the socket', async () => {
  const org = await ScriptedOrg.start();
  open.push(org);
  org.on(() => 'silence');
  const shim = await connect(org.url);
  const controller = new AbortController();
  const args = { name: 'query', arguments: { soql: 'SELECT Id FROM Account LIMIT 1' } };
  const call = shim.client.callTool(args, undefined, { signal: controller.signal });
  await expect.poll(() => org.requests.length).toBe(1);
  expect(org.brokenOff).toBe(0);
  controller.abort('no longer needed');
  await expect(call).rejects.toThrow('no longer needed');
  await expect.poll(() => org.brokenOff).toBe(1);
  expect(org.requests).toHaveLength(1);
});

describe("the org's API budget", () => {
  const soql = { soql: 'SELECT COUNT() FROM Account' };
  async function used(
    usage: string,
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ org: ScriptedOrg; shim: ShimClient; set: (text: string) => void }> {
    const org = await ScriptedOrg.start();
    open.push(org);
    let reading = usage;
    org.on(() => ok({ totalSize: 1, done: true, records: [] }, { 'sforce-limit-info': `api-usage=${reading}` }));
    return { org, shim: await connect(org.url, { env }), set: (text) => void (reading = text) };
  }

  it.each([
    ['3999/5000', undefined],
    [
      '4000/5000',
      "RATE_LIMIT_WARNING: 4,000 of the org's 5,000 API requests of the last 24 hours are used (80 %). " +
        'Ask only for what is needed; from 95 % on, calls are refused.',
    ],
  ])('%s: the result says %s', async (usage, warning) => {
    const { shim } = await used(usage);
    const result = await shim.call('query', soql);
    expect(result).toMatchObject({ columns: ['count'] });
    expect(result['meta']).toEqual(warning === undefined ? undefined : { warnings: [warning] });
  });

  it('from 95 % on nothing is sent, until the reading is old; then one call goes', async () => {
    const { org, shim } = await used('4750/5000');
    await shim.call('query', soql); // nothing was known yet
    const refusal = await shim.call('query', soql);
    expect(refusal).toMatchObject({
      error: {
        code: 'RATE_LIMIT_EXCEEDED',
        message: expect.stringContaining("4,750 of the org's 5,000 API requests of the last 24 hours are used (95 %)") as string,
        details: { cause: 'API_BUDGET', retryable: true, used: 4750, limit: 5000 },
      },
    });
    expect(org.requests).toHaveLength(1);
    expect(await shim.call('query', { ...soql, dry_run: true })).toMatchObject({ meta: { dry_run: [{ method: 'GET' }] } });
    shim.clock.now += 5 * 60_000 + 1;
    const both = await Promise.all([shim.call('query', soql), shim.call('query', soql)]);
    expect(both.map((answer) => 'error' in answer)).toEqual([false, true]);
    expect(org.requests).toHaveLength(2);
  });

  it('a renewed reading below the threshold opens the way', async () => {
    const { shim, set } = await used('4999/5000');
    await shim.call('query', soql);
    set('100/5000');
    shim.clock.now += 5 * 60_000 + 1;
    await shim.call('query', soql);
    expect(await shim.call('query', soql)).not.toHaveProperty('error');
  });

  it('has thresholds of its own', async () => {
    const { shim } = await used('30/100', { REVOPS_API_WARN_PERCENT: '20', REVOPS_API_STOP_PERCENT: '30' });
    await shim.call('query', soql);
    expect(await shim.call('query', soql)).toMatchObject({ error: { code: 'RATE_LIMIT_EXCEEDED' } });
  });

  it('is never asked of check_connection', async () => {
    const { org, shim } = await used('5000/5000');
    await shim.call('query', soql);
    await shim.call('check_connection');
    expect(org.requests.length).toBeGreaterThan(1);
  });
});

describe('never shows', () => {
  it('the reason of a defect; the log has it', async () => {
    const shim = await connect(anywhere, { tools: [tool(() => Promise.reject(new TypeError('undefined is not secret')))] });
    const answer = await shim.call('query');
    expect(answer).toMatchObject({ error: { code: 'SF_API_ERROR', details: { cause: 'INTERNAL' } } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(shim.log.find((line) => line['event'] === 'tool_defect')).toMatchObject({
      tool: 'query',
      error: expect.stringContaining('undefined is not secret') as string,
    });
  });

  it('a result that is not of the promised shape', async () => {
    const shim = await connect(anywhere, { tools: [tool(() => Promise.resolve({ answer: 1, secret: 2 }))] });
    expect(await shim.call('query')).toMatchObject({ error: { details: { cause: 'INTERNAL' } } });
  });
});

it('logs one line per call: tool, hash of the arguments, duration, status, and no value [revops-041]', async () => {
  const shim = await connect(anywhere, { tools: [tool(() => Promise.resolve({ answer: 42 }))] });
  expect(await shim.call('query', { soql: 'very private' })).toEqual({ answer: 42 });
  await shim.call('query', { soql: 'very private', x: 1 });
  await shim.call('query', { x: 1, soql: 'very private' });
  const lines = shim.log.filter((line) => line['event'] === 'tool_call');
  expect(lines).toEqual([
    {
      time: expect.any(String) as string,
      level: 'info',
      event: 'tool_call',
      tool: 'query',
      arguments_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      duration_ms: expect.any(Number) as number,
      status: 'ok',
      client: 'test-client/1.2.3',
    },
    expect.objectContaining({ status: 'error', code: 'INVALID_INPUT', cause: 'INVALID_ARGUMENTS' }),
    expect.objectContaining({ status: 'error', code: 'INVALID_INPUT', cause: 'INVALID_ARGUMENTS' }),
  ] as unknown[]);
  expect(JSON.stringify(lines)).not.toContain('private');
  // The same for the same arguments, in whatever order, and another for others.
  const [first, second, third] = lines.map((line) => line['arguments_hash']);
  expect(second).not.toBe(first);
  expect(third).toBe(second);
});

describe('settings', () => {
  it('that are wrong are the error of every call, with the remedy', async () => {
    const shim = await connect('', { env: { SFDC_ACCESS_TOKEN: '', REVOPS_LOG_LEVEL: 'loud' } });
    expect((await shim.client.listTools()).tools).toHaveLength(catalogues.required.length);
    expect(await shim.call('check_connection')).toEqual({
      error: {
        code: 'AUTH_ERROR',
        message:
          "The server is not configured. SFDC_INSTANCE_URL is not set. Set it to the org's My Domain URL, such as https://example.my.salesforce.com. " +
          'SFDC_ACCESS_TOKEN is not set. Set it to an access token of the org; "sf org auth show-access-token --target-org <alias>" prints one. ' +
          'REVOPS_LOG_LEVEL must be one of debug, info, warn, error, silent. Then restart the server.',
        details: { cause: 'CONFIGURATION', variables: ['SFDC_INSTANCE_URL', 'SFDC_ACCESS_TOKEN', 'REVOPS_LOG_LEVEL'] },
      },
    });
  });

  it('REVOPS_READ_ONLY takes the write tools off the list and refuses them', async () => {
    const shim = await connect(anywhere, { env: { REVOPS_READ_ONLY: 'true' } });
    const reads = catalogues.required.filter(({ annotations }) => annotations.readOnlyHint);
    expect((await shim.client.listTools()).tools.map(({ name }) => name)).toEqual(reads.map(({ name }) => name));
    await expect(shim.client.callTool({ name: 'update_field', arguments: {} })).rejects.toThrow(
      'update_field is not offered: REVOPS_READ_ONLY is set',
    );
  });
});

it('an unknown tool is a protocol error', async () => {
  const shim = await connect(anywhere);
  await expect(shim.client.callTool({ name: 'delete_everything', arguments: {} })).rejects.toMatchObject({ code: -32602 });
});

it('lets no credential out, whatever the org echoes', async () => {
  const echoed = { error: 'refused token-of-the-test', deep: [{ text: 'Bearer token-of-the-test' }] };
  const failing = tool(() => Promise.reject(new ContractError('SF_API_ERROR', 'It said token-of-the-test.', echoed)));
  const shim = await connect(anywhere, { tools: [failing] });
  expect(await shim.call('query')).toEqual({
    error: {
      code: 'SF_API_ERROR',
      message: 'It said [redacted].',
      details: { error: 'refused [redacted]', deep: [{ text: 'Bearer [redacted]' }] },
    },
  });
});

it('names unknown arguments, but neither all of many nor all of a long one, and nothing unseen', async () => {
  const shim = await connect(anywhere);
  const odd = { ['x'.repeat(200_000)]: 1, 'a\u202eb\nc': 2, ...Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, at])) };
  const { error } = (await shim.call('query', { soql: 'SELECT Id FROM Account', ...odd })) as {
    error: { message: string; details: { fields: string[] } };
  };
  expect(error.message).toContain(`"${'x'.repeat(80)}… [+199,920 chars]", "ab c", "k0"`);
  expect(error.message).toContain('"k7" and 492 more');
  expect(error.message.length).toBeLessThan(1_000);
  expect(error.details.fields).toHaveLength(10);
});

it.each(['constructor', 'toString'])('refuses the unknown argument %s, whatever objects inherit', async (name) => {
  const shim = await connect(anywhere, { tools: [tool(() => Promise.resolve({ answer: 1 }))] });
  const args = JSON.parse(`{"${name}": null}`) as Record<string, unknown>;
  expect(await shim.call('query', args)).toMatchObject({ error: { code: 'INVALID_INPUT', details: { cause: 'INVALID_ARGUMENTS' } } });
});

it('answers arguments nested deeper than the stack', async () => {
  const dispatcher = new Dispatcher({ tools: [], setup: { ok: false, problems: [] }, logger: createLogger({ level: 'silent' }) });
  let nested: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
  const outcome = await dispatcher.call('query', { soql: nested }, { signal: new AbortController().signal, client: 'test' });
  expect(outcome).toMatchObject({ ok: false });
  await dispatcher.idle();
});
