import { expect, test } from 'vitest';
import { Sessions } from './sessions.ts';

const ORG = '00D000000SET001EAA';

test('a token looks like the platform’s and is the same for the same seed', () => {
  const token = new Sessions(ORG, 'seed').issue('a@x.example');
  expect(token).toMatch(/^00D\w{12}![.\w]{80,}$/);
  expect(new Sessions(ORG, 'seed').issue('a@x.example')).toBe(token);
  expect(new Sessions(ORG, 'other').issue('a@x.example')).not.toBe(token);
});

test('expiring one user’s sessions leaves the others, and a new token is another', () => {
  const sessions = new Sessions(ORG, 'seed');
  const first = sessions.issue('a@x.example');
  const other = sessions.issue('b@x.example');
  expect(sessions.expire('A@X.example')).toBe(1);
  expect(sessions.usernameOf(first)).toBeUndefined();
  expect(sessions.usernameOf(other)).toBe('b@x.example');
  const second = sessions.issue('a@x.example');
  expect(second).not.toBe(first);
  expect(sessions.usernameOf(second)).toBe('a@x.example');
  expect(sessions.expire()).toBe(2);
});
