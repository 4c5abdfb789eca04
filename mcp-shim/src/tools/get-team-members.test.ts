import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;
let rolePath: string;

const managerId = '005000000000009AAA';
const fields = {
  Name: {},
  Email: {},
  Title: {},
  IsActive: {},
  ManagerId: { referenceTo: ['User'] },
  UserRoleId: { referenceTo: ['UserRole'] },
};
const row = { Id: '005000000000002AAA', Name: 'Bo', Email: 'bo@example.com', Title: null, UserRole: { Name: 'Rep' }, IsActive: true };

beforeEach(async () => {
  org = await startSampleOrg();
  describeAs(org, 'User', fields);
  rolePath = describeAs(org, 'UserRole', { Name: {} });
  org.onQuery(/^SELECT Id FROM User WHERE Id = /, [{ Id: managerId }]);
  org.onQuery(/^SELECT Id, Name, Email, Title, UserRole.Name, IsActive FROM User WHERE ManagerId = /, [row]);
  org.onQuery(/^SELECT COUNT\(Id\) total FROM User/, [{ total: 1 }]);
  org.onQuery(/^SELECT Id, Username FROM User/, [{ Id: managerId, Username: 'dana@example.com' }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const call = (manager_id: unknown, more: Record<string, unknown> = {}) => shim.call('get_team_members', { manager_id, ...more });

it.each([
  ['an id', managerId.slice(0, 15), managerId],
  ['a username', 'dana@example.com', managerId],
  ['me', 'ME', '005000000000001AAA'],
])('the active users who report to %s [crm-094, crm-095]', async (_what, reference, id) => {
  expect(await call(reference)).toEqual({
    team_members: [{ id: '005000000000002AAA', name: 'Bo', email: 'bo@example.com', title: null, role_name: 'Rep', is_active: true }],
    count: 1,
  });
  expect(org.requests.flatMap(({ soql }) => (soql?.includes('ManagerId') ? [soql] : []))).toEqual([
    `SELECT Id, Name, Email, Title, UserRole.Name, IsActive FROM User WHERE ManagerId = '${id}' AND IsActive = true ORDER BY Name, Id LIMIT 200`,
    `SELECT COUNT(Id) total FROM User WHERE ManagerId = '${id}' AND IsActive = true`,
  ]);
});

it('says when not all are listed, and what is not visible', async () => {
  org.onQuery(/^SELECT COUNT\(Id\) total FROM User/, [{ total: 1_201 }]);
  const { Email: _email, ...visible } = fields;
  describeAs(org, 'User', visible);
  org.onQuery(/^SELECT Id, Name, Title, UserRole.Name, IsActive FROM User/, [{ ...row, Email: undefined }]);
  expect(await call(managerId)).toMatchObject({
    count: 1_201,
    truncated: true,
    meta: { notes: ['The first 1 of 1,201 are listed.'], fields_not_visible: ['Email'] },
  });
});

it('roles are left out for a user without View Roles and Role Hierarchy', async () => {
  org.onPath(rolePath, { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] });
  const { UserRole: _role, ...roleless } = row;
  org.onQuery(/^SELECT Id, Name, Email, Title, IsActive FROM User WHERE ManagerId = /, [roleless]);
  expect(await call(managerId)).toEqual({
    team_members: [{ id: '005000000000002AAA', name: 'Bo', email: 'bo@example.com', title: null, is_active: true }],
    count: 1,
    meta: { fields_not_visible: ['UserRole.Name'] },
  });
});

it('a manager that there is not is NOT_FOUND', async () => {
  org.onQuery(/^SELECT Id FROM User WHERE Id = /, []);
  org.onQuery(/^SELECT Id, Username FROM User/, []);
  expect(await call(managerId)).toMatchObject({
    error: { code: 'NOT_FOUND', message: `User ${managerId} does not exist or is not visible to you. Check the id.` },
  });
  expect(await call('nobody@example.com')).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

describe('refuses, before any request', () => {
  it.each([[undefined], [null], ['001000000000001AAA'], ['Dana'], ["x'@"], ['x'.repeat(10_000)], [5]])('case %#', async (reference) => {
    expect(await call(reference)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('manager_id') as unknown },
    });
    expect(org.requests).toEqual([]);
  });
});

it.each([
  [managerId, `ManagerId = '${managerId}'`, ['GET', 'GET', 'POST']],
  ['dana@example.com', "ManagerId = 'id of dana@example.com'", ['GET', 'GET', 'POST', 'POST']],
])('dry_run for %s shows the requests and sends nothing', async (reference, condition, methods) => {
  const { meta } = (await call(reference, { dry_run: true })) as { meta: { dry_run: { method: string; body?: unknown }[] } };
  expect(meta.dry_run.map(({ method }) => method)).toEqual(methods);
  const urls = decodeURIComponent(JSON.stringify(meta.dry_run.at(-1)?.body));
  expect(urls).toContain(condition);
  expect(org.requests).toEqual([]);
});
