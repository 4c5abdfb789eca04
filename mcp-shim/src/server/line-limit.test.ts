import { expect, it } from 'vitest';
import { LineLimit } from './line-limit.ts';

/** What comes out of these chunks, as text, and what was dropped. */
async function through(maxBytes: number, chunks: readonly string[]): Promise<{ lines: string[]; dropped: number[] }> {
  const dropped: number[] = [];
  const limit = new LineLimit({ maxBytes, onDropped: (bytes) => void dropped.push(bytes) });
  const lines: string[] = [];
  limit.on('data', (line: Buffer) => void lines.push(line.toString('utf8')));
  for (const chunk of chunks) limit.write(Buffer.from(chunk));
  limit.end();
  await new Promise((resolve) => limit.once('end', resolve));
  return { lines, dropped };
}

it.each<[string, string[], string[], number[]]>([
  ['lines in one chunk', ['one\ntwo\n'], ['one\n', 'two\n'], []],
  ['a line in many chunks', ['on', 'e', '\n'], ['one\n'], []],
  ['a line of just the limit', ['seven!!\n'], ['seven!!\n'], []],
  ['a longer one between others', ['one\neight!!!\ntwo\n'], ['one\n', 'two\n'], [9]],
  ['a longer one in many chunks', ['one\nfar', ' too', ' long', '\ntwo\n'], ['one\n', 'two\n'], [13]],
  ['characters of several bytes', ['ääää\nä\n'], ['ä\n'], [9]],
  ['what was never ended', ['one\ntw'], ['one\n'], []],
])('%s', async (_what, chunks, lines, dropped) => {
  expect(await through(8, chunks)).toEqual({ lines, dropped });
});
