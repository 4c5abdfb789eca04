import { PassThrough } from 'node:stream';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AfterEarlyAnswer } from './after-early-answer.ts';

const answered = { jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-06-18' } } as const;
const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} } as const;

let written: unknown[];
beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A transport whose server gets these messages; `received` is what the server sees of them. */
async function transport(
  ...messages: object[]
): Promise<{ transport: AfterEarlyAnswer; received: JSONRPCMessage[]; differences: unknown[] }> {
  const differences: unknown[] = [];
  const received: JSONRPCMessage[] = [];
  const input = new PassThrough();
  const after = new AfterEarlyAnswer(input, { answered, onDifference: (answer) => differences.push(answer) });
  after.onmessage = (message) => void received.push(message);
  await after.start();
  input.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  await vi.waitUntil(() => received.length === messages.length);
  return { transport: after, received, differences };
}

const idOf = (message: JSONRPCMessage | undefined): string | number => {
  if (!message || !('id' in message) || message.id === undefined) throw new Error('no id');
  return message.id;
};

it('keeps the second answer to the first request', async () => {
  const { transport: after, received, differences } = await transport(initialize);
  await after.send({ ...answered, id: idOf(received[0]) });
  expect(written).toEqual([]);
  expect(differences).toEqual([]);
});

it('sends everything else, whatever its id', async () => {
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' } as const;
  const { transport: after, received, differences } = await transport(initialize, ping);
  expect(received).toEqual([{ ...initialize, id: expect.any(String) as unknown }, ping]);
  const others = [
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: '1', result: {} },
    { jsonrpc: '2.0', id: 1, method: 'elicitation/create', params: {} },
    { jsonrpc: '2.0', method: 'notifications/message', params: {} },
    answered,
  ] as const;
  for (const message of others) await after.send(message);
  expect(written).toEqual(others);
  expect(differences).toEqual([]);
});

it('tells of an answer that differs', async () => {
  const { transport: after, received, differences } = await transport(initialize);
  const refused = { jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'no' } } as const;
  await after.send({ ...refused, id: idOf(received[0]) });
  expect(differences).toEqual([refused]);
  expect(written).toEqual([]);
});

it('starts only where somebody receives', async () => {
  const after = new AfterEarlyAnswer(new PassThrough(), { answered, onDifference: () => undefined });
  await expect(after.start()).rejects.toThrow('nobody receives');
});
