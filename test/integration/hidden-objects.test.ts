// @module-tag people
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
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
