import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AfterEarlyAnswer } from './after-early-answer.ts';

const answered = { jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-06-18' } } as const;

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

function transport(): { send: AfterEarlyAnswer['send']; differences: unknown[] } {
  const differences: unknown[] = [];
  const after = new AfterEarlyAnswer(new PassThrough(), { answered, onDifference: (answer) => differences.push(answer) });
  return { send: (message) => after.send(message), differences };
}

it('keeps the second answer to one request, once', async () => {
  const { send, differences } = transport();
  await send({ ...answered });
  expect(written).toEqual([]);
  await send({ ...answered });
  expect(written).toEqual([answered]);
  expect(differences).toEqual([]);
});

it('sends everything else', async () => {
  const { send } = transport();
  const others = [
    { jsonrpc: '2.0', id: 2, result: {} },
    { jsonrpc: '2.0', id: '1', result: {} },
    { jsonrpc: '2.0', id: 1, method: 'elicitation/create', params: {} },
    { jsonrpc: '2.0', method: 'notifications/message', params: {} },
  ] as const;
  for (const message of others) await send(message);
  expect(written).toEqual(others);
});

it('tells of an answer that differs', async () => {
  const { send, differences } = transport();
  const refused = { jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'no' } } as const;
  await send(refused);
  expect(differences).toEqual([refused]);
  expect(written).toEqual([]);
});
