import { expect, it } from 'vitest';
import { argumentsHash } from './arguments-hash.ts';
import { createLogger } from './logger.ts';
import { redact } from './redact.ts';

it('writes one JSON object per line, from its level upwards', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', write: (line) => void lines.push(line), now: () => new Date(0), secrets: ['hunter2'] });
  logger.info('unseen');
  logger.warn('seen', { text: 'a\nb hunter2' });
  expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"seen","text":"a\\nb [redacted]"}\n']);
});

it('takes out secrets before quoting, and leaves a line that can be read', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', write: (line) => void lines.push(line), secrets: ['say "please"\\'] });
  logger.error('refused', { error: 'the header was Bearer abc.def', said: 'sid=x"y say "please"\\ now', list: ['Bearer a'], next: 1 });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { event: 'refused', error: 'the header was [redacted]', said: '[redacted]"y [redacted] now', list: ['[redacted]'], next: 1 },
  ]);
});

it.each([
  ['session 00D000000000001!AQEAQ.abc_DEF here', 'session [redacted] here'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: [redacted]'],
  ['https://x/?sid=abc&b=1', 'https://x/?[redacted]&b=1'],
  ['nothing to hide', 'nothing to hide'],
])('takes tokens out of %j', (text, clean) => {
  expect(redact(text)).toBe(clean);
});

it('hashes equal arguments equally, whatever the order of their keys', () => {
  expect(argumentsHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(argumentsHash({ b: { d: null, c: [1, 2] }, a: 1 }));
  expect(argumentsHash({ a: [1, 2] })).not.toBe(argumentsHash({ a: [2, 1] }));
  expect(argumentsHash(undefined)).toMatch(/^[0-9a-f]{64}$/);
});
