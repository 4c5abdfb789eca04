import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Whoever is named by an id that is nobody's must not look like somebody who has nothing. */
let org: TestOrg;
let shim: ShimClient;
let somebody: unknown;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const [user] = await org.rest.query(`SELECT Id FROM User WHERE Username = '${org.facts.username}'`);
  somebody = user?.['Id'];
});
afterAll(() => org.close());

test.each<[tool: string, argument: string, rest: Record<string, unknown>]>([
  ['get_opportunities', 'owner_id', {}],
  ['pipeline_by_stage', 'owner_id', {}],
  ['get_pipeline_summary', 'owner_id', {}],
  ['get_pipeline_summary', 'manager_id', {}],
  ['pipeline_changes', 'owner_id', { since: '2026-11-14' }],
  ['pipeline_changes', 'manager_id', { since: '2026-11-14' }],
  ['get_leads', 'owner_id', {}],
  ['search_accounts', 'owner_id', { query: 'a' }],
  ['get_audit_trail', 'user', {}],
  ['get_team_members', 'manager_id', {}],
])('%s, %s', async (tool, argument, rest) => {
  expect(await refusalOf(shim, tool, { ...rest, [argument]: '005000000000999' })).toMatchObject({
    code: 'NOT_FOUND',
    message: 'User 005000000000999 does not exist or is not visible to you. Check the id.',
    details: { cause: 'NOT_FOUND', fields: [argument] },
  });
  expect(await shim.call(tool, { ...rest, [argument]: somebody })).not.toHaveProperty('error');
});
