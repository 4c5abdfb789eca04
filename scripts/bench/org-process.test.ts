import { expect, it } from 'vitest';
import { readAddress } from './org-process.ts';

const printed = [
  'Local org: http://127.0.0.1:40123',
  '',
  'USER                 TITLE      TOKEN',
  'vp@acme.example      VP Sales   00D1!AAA',
  'revops@acme.example  Revenue Operations  00D1!BBB',
  '',
  'Try: curl -H "Authorization: Bearer <token>" "http://127.0.0.1:40123/services/data"',
].join('\n');

it('reads the URL and the token of a user from what the org prints', () => {
  expect(readAddress(printed, 'revops@acme.example')).toEqual({
    url: 'http://127.0.0.1:40123',
    username: 'revops@acme.example',
    token: '00D1!BBB',
  });
});

it('waits until everything has been printed: half a token is no token', () => {
  expect(readAddress('', 'vp@acme.example')).toBeUndefined();
  expect(readAddress(printed.slice(0, printed.indexOf('!BBB') + 2), 'revops@acme.example')).toBeUndefined();
});

it('a user that the org does not have', () => {
  expect(() => readAddress(printed, 'cfo@acme.example')).toThrow('the local org has no user cfo@acme.example');
});
