import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialize } from '../server/handshakes.ts';
import { propertyCases } from '../testing/property-cases.ts';
import { earlyAnswer } from './early-answer.ts';
import handshakes from './generated/handshakes.json' with { type: 'json' };

const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'claude-ai', version: '0.1.0' } };
const request = (more: object = {}): Record<string, unknown> => ({ jsonrpc: '2.0', id: 0, method: 'initialize', params, ...more });
const line = (message: unknown): string => `${JSON.stringify(message)}\n`;
const asked = (more: object): string => line(request({ params: { ...params, ...more } }));

const modes = [
  { confirmation: 'required', readOnly: false, env: {} },
  { confirmation: 'required', readOnly: false, env: { REVOPS_CONFIRMATION: '', REVOPS_READ_ONLY: '${user_config.read_only}' } },
  { confirmation: 'required', readOnly: true, env: { REVOPS_READ_ONLY: 'true' } },
  { confirmation: 'host', readOnly: false, env: { REVOPS_CONFIRMATION: 'host', REVOPS_READ_ONLY: ' false ' } },
  { confirmation: 'host', readOnly: true, env: { REVOPS_CONFIRMATION: 'host', REVOPS_READ_ONLY: 'true' } },
] as const;

describe.each(modes)('with $env', ({ env, ...mode }) => {
  it.each([...handshakes.protocolVersions, '2024-01-01', ''])('it answers version %o as the SDK does', async (protocolVersion) => {
    expect(earlyAnswer(asked({ protocolVersion }), env)).toEqual({
      jsonrpc: '2.0',
      id: 0,
      result: await initialize(mode, { ...params, protocolVersion }),
    });
  });
});

const early = (input: string): boolean => earlyAnswer(input, {}) !== undefined;

describe('what is answered early', () => {
  it.each([
    ['Windows line ends', line(request()).replace('\n', '\r\n')],
    ['more messages behind it', `${line(request())}${line({ jsonrpc: '2.0', method: 'notifications/initialized' })}{"js`],
    ['an id that is a text', line(request({ id: 'first' }))],
    ['a client that asks its user', asked({ capabilities: { elicitation: {}, roots: { listChanged: true }, sampling: { tools: {} } } })],
    ['a client that asks by form and by page', asked({ capabilities: { elicitation: { form: { applyDefaults: true }, url: {} } } })],
    ['a client with extensions', asked({ capabilities: { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html'] } } } })],
    ['a client that says more of itself', asked({ clientInfo: { name: 'a', version: '1', title: 'A', websiteUrl: 'https://a.example' } })],
  ])('%s', (_title, input) => {
    expect(early(input)).toBe(true);
  });
});

describe('what is left to the server', () => {
  it.each([
    ['nothing', ''],
    ['an empty line', `\n${line(request())}`],
    ['a line that has not ended', JSON.stringify(request())],
    ['a byte order mark', `\uFEFF${line(request())}`],
    ['no JSON', '{"jsonrpc"\n'],
    ['null', 'null\n'],
    ['a batch', line([request()])],
    ['another first message', line({ jsonrpc: '2.0', id: 1, method: 'ping' })],
    ['a notification', line({ jsonrpc: '2.0', method: 'initialize', params })],
    ['an answer', line({ jsonrpc: '2.0', id: 1, result: {} })],
    ['another JSON-RPC', line(request({ jsonrpc: '1.0' }))],
    ['an id that is no id', line(request({ id: null }))],
    ['an id with a fraction', line(request({ id: 1.5 }))],
    ['an id that loses digits', line(request()).replace('"id":0', '"id":9007199254740993')],
    ['more than a request has', line(request({ extra: 1 }))],
    ['no parameters', line(request({ params: undefined }))],
    ['a list of parameters', line(request({ params: [] }))],
    ['no version', asked({ protocolVersion: undefined })],
    ['a version that is a number', asked({ protocolVersion: 20250618 })],
    ['no capabilities', asked({ capabilities: undefined })],
    ['a list of capabilities', asked({ capabilities: [] })],
    ['a capability that nobody knows', asked({ capabilities: { telepathy: {} } })],
    ['a capability that is a flag', asked({ capabilities: { elicitation: true } })],
    ['a wrong detail of a capability', asked({ capabilities: { roots: { listChanged: 'yes' } } })],
    ['an unknown detail of a capability', asked({ capabilities: { elicitation: { voice: {} } } })],
    ['an extension that is no object', asked({ capabilities: { extensions: { one: 1 } } })],
    ['a client without a version', asked({ clientInfo: { name: 'a' } })],
    ['a client with icons', asked({ clientInfo: { name: 'a', version: '1', icons: [] } })],
    ['parameters about the request', asked({ _meta: { progressToken: 1 } })],
    ['a prototype', line(request()).replace('"capabilities":{}', '"capabilities":{"__proto__":{}}')],
  ])('%s', (_title, input) => {
    expect(early(input)).toBe(false);
  });

  it.each([
    { REVOPS_CONFIRMATION: 'Host' },
    { REVOPS_CONFIRMATION: 'never' },
    { REVOPS_READ_ONLY: 'TRUE' },
    { REVOPS_READ_ONLY: 'perhaps' },
  ])('settings that must be looked at: %o', (env) => {
    expect(earlyAnswer(line(request()), env)).toBeUndefined();
  });
});

/** Mostly right in every part, so that many are answered early, and wrong in all kinds of ways. */
const wrong = fc.anything({ maxDepth: 2 });
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary, weight: 40 }, { arbitrary: wrong, weight: 1 });
const part = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> => mostly(fc.record(shape, { requiredKeys: [] }));
const anyObject = mostly(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }));
const capabilities = part({
  roots: part({ listChanged: mostly(fc.boolean()) }),
  sampling: part({ context: anyObject, tools: anyObject }),
  elicitation: part({ form: part({ applyDefaults: mostly(fc.boolean()) }), url: anyObject }),
  experimental: mostly(fc.dictionary(fc.string(), anyObject, { maxKeys: 2 })),
  extensions: mostly(fc.dictionary(fc.string(), anyObject, { maxKeys: 2 })),
});
const text = mostly(fc.string());
const withTasks = fc.record({ tasks: anyObject });
const anyRequest = fc.record({
  protocolVersion: mostly(fc.oneof(fc.constantFrom(...handshakes.protocolVersions), fc.string())),
  capabilities: fc.oneof({ arbitrary: capabilities, weight: 10 }, { arbitrary: withTasks, weight: 1 }),
  clientInfo: mostly(
    fc.record({ name: text, version: text, title: text, websiteUrl: text, description: text }, { requiredKeys: ['name', 'version'] }),
  ),
});

it('never answers what the SDK would refuse, nor otherwise than it', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(anyRequest, async (anyParams) => {
      const answer = earlyAnswer(line(request({ params: anyParams })), {});
      if (!answer) return;
      answered += 1;
      const sent = JSON.parse(line(anyParams)) as Record<string, unknown>;
      expect(answer.result).toEqual(await initialize({ confirmation: 'required', readOnly: false }, sent));
    }),
    propertyCases,
  );
  expect(answered).toBeGreaterThan(propertyCases.numRuns / 5);
});
