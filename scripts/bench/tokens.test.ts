import { expect, it } from 'vitest';
import { tokensOf, tokensOfList } from './tokens.ts';

it('counts as o200k does', () => {
  expect(tokensOf('hello world')).toBe(2);
  expect(tokensOf('')).toBe(0);
});

it('a list costs what its JSON costs, and names the tool that costs most', () => {
  const short = { name: 'get_lead' };
  const long = { name: 'query', description: 'Read Salesforce with one SOQL SELECT over the REST API.' };
  const list = tokensOfList([short, long]);
  expect(list).toMatchObject({ tools: 2, largest: { name: 'query', tokens: tokensOf(JSON.stringify(long)) } });
  expect(list.total).toBe(tokensOf(JSON.stringify([short, long])));
});

it('a server without tools is no measurement', () => {
  expect(() => tokensOfList([])).toThrow('the server lists no tools');
});
