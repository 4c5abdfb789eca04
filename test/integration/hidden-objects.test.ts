// @module-tag people
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { person } from './support/people.ts';
import { FORCE_APP, fixture, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What tools say to somebody who reads deals and nothing else. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('access')] });
  const { username } = await person(org, ['Deal_Reader']);
  shim = await org.connect({ SFDC_ACCESS_TOKEN: org.local.sessions.issue(username) });
});
afterAll(() => org.close());

test('get_team_members leaves the roles out, which take a permission of their own', async () => {
  const answer = await shim.call('get_team_members', { manager_id: 'marcus.oyelaran@larkfield.example' });
  expect(answer).toMatchObject({ count: 4, meta: { fields_not_visible: ['UserRole.Name'] } });
  expect((answer['team_members'] as unknown[])[0]).toMatchObject({ name: 'Caleb Hastings', title: 'Senior Account Executive' });
});

test.each<[tool: string, args: Record<string, unknown>, object: string]>([
  ['search_accounts', { query: 'acme' }, 'Account'],
  ['get_account', { account_name: 'acme' }, 'Account'],
  ['get_leads', {}, 'Lead'],
  ['get_case', { case_number: '1' }, 'Case'],
  ['get_contacts_for_account', { account_id: '001000000000001AAA' }, 'Contact'],
])('%s says which object is not visible, and blames no argument', async (tool, args, object) => {
  expect(await refusalOf(shim, tool, args)).toEqual({
    code: 'PERMISSION_DENIED',
    message: `This needs the object ${object}, which you cannot see. Ask an administrator for read access.`,
    details: { cause: 'OBJECT_NOT_VISIBLE' },
  });
});
