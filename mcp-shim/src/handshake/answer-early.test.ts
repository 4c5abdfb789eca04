import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { answerEarly } from './answer-early.ts';

const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const initialize = `${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'initialize', params })}\n`;

function streams(): { input: PassThrough; output: PassThrough; written: () => Promise<string> } {
  const output = new PassThrough();
  return { input: new PassThrough(), output, written: () => text(output.end()) };
}

it('answers, and leaves every byte to the server', async () => {
  const { input, output, written } = streams();
  input.write(`${initialize}{"half`);
  const answer = await answerEarly(input, output, {});
  expect(answer).toMatchObject({ id: 7, result: { protocolVersion: '2025-06-18', capabilities: { tools: {} } } });
  expect(await written()).toBe(`${JSON.stringify(answer)}\n`);
  input.end(' of it');
  expect(await text(input)).toBe(`${initialize}{"half of it`);
});

it('leaves them also where the input has ended', async () => {
  const { input, output } = streams();
  input.end(initialize);
  expect(await answerEarly(input, output, {})).toMatchObject({ id: 7 });
  expect(await text(input)).toBe(initialize);
});

it.each([
  ['nothing comes', () => undefined, ''],
  ['the input is closed', (input: PassThrough) => input.end(), ''],
  ['the line comes in pieces', (input: PassThrough) => input.write(initialize.slice(0, 40)), initialize.slice(0, 40)],
  ['something else comes', (input: PassThrough) => input.write('hello\n'), 'hello\n'],
])('says nothing when %s', async (_title, begin, left) => {
  const { input, output, written } = streams();
  begin(input);
  expect(await answerEarly(input, output, {})).toBeUndefined();
  expect(await written()).toBe('');
  input.end();
  expect(await text(input)).toBe(left);
});

it('leaves a client that is gone to the server', async () => {
  const { input } = streams();
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  input.write(initialize);
  expect(await answerEarly(input, broken, {})).toBeUndefined();
  input.end();
  expect(await text(input)).toBe(initialize);
});

it('leaves an input that breaks to the server', async () => {
  const { input, output } = streams();
  const answer = answerEarly(input, output, {});
  input.destroy(new Error('ECONNRESET'));
  expect(await answer).toBeUndefined();
  expect(input.errored).toMatchObject({ message: 'ECONNRESET' });
});
