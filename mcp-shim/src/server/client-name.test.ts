import { expect, it } from 'vitest';
import { clientName } from './client-name.ts';

it.each([
  [{ name: 'claude-ai', version: '0.1.0' }, 'claude-ai/0.1.0'],
  [{ name: 'claude-ai', version: '' }, 'claude-ai'],
  [{ name: 'a\u202Eb', version: '1\u0000' }, 'ab/1'],
  [undefined, 'unknown'],
])('%o is stored as %s', (client, stored) => {
  expect(clientName(client)).toBe(stored);
});

it('is cut to the length of the field, and never inside of a character', () => {
  for (const length of [19, 20, 21]) {
    const stored = clientName({ name: 'n'.repeat(99), version: `${'v'.repeat(length)}${'\u{1F600}'.repeat(30)}` });
    expect(stored.length).toBeLessThanOrEqual(120);
    expect(stored.isWellFormed()).toBe(true);
  }
});
