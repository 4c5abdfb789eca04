import { describe, expect, test } from 'vitest';
import { substituteReferences, UnresolvedReference } from './composite-references.ts';

const bodies = new Map<string, unknown>([
  ['refAccount', { id: '001000000000001AAA', records: [{ Id: '001000000000002AAA', Owner: { Name: 'Dana' }, Amount: 5 }] }],
  ['failed', undefined],
]);

describe('substituteReferences', () => {
  test.each([
    ['/sobjects/Account/@{refAccount.id}', '/sobjects/Account/001000000000001AAA'],
    ['@{refAccount.records[0].Owner.Name} and @{refAccount.records[0].Amount}', 'Dana and 5'],
    ['no reference { } @ here', 'no reference { } @ here'],
  ])('%s', (text, expected) => {
    expect(substituteReferences(text, bodies)).toBe(expected);
  });

  test.each([
    ['@{nobody.id}', 'Invalid reference specified. No subrequest has the referenceId nobody'],
    ['@{refAccount.name}', 'Invalid reference specified. No value for refAccount.name found in refAccount'],
    ['@{refAccount.records[1].Id}', 'Invalid reference specified. No value for refAccount.records[1].Id found in refAccount'],
    ['@{refAccount.records}', 'Invalid reference specified. No value for refAccount.records found in refAccount'],
    ['@{refAccount.constructor.name}', 'Invalid reference specified. No value for refAccount.constructor.name found in refAccount'],
    ['@{failed.id}', 'Invalid reference specified. No value for failed.id found in failed'],
    ['@{refAccount}', 'Invalid reference specified. No subrequest has the referenceId refAccount'],
  ])('%s is refused', (text, message) => {
    expect(() => substituteReferences(text, bodies)).toThrow(new UnresolvedReference(message));
  });
});
