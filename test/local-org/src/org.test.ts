import { afterEach, expect, test } from 'vitest';
import { SETUP_USERS, setupUser } from '../data/setup-records.ts';
import { loadRecord } from '../data/load-records.ts';
import { userAccess } from './access/user-access.ts';
import { NotSupported } from './errors.ts';
import { createLocalOrg, startLocalOrg } from './org.ts';
import type { Value } from './schema/types.ts';
import type { LocalOrg, LocalOrgOptions } from './org-types.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 4);
const open: LocalOrg[] = [];
function org(options: Partial<LocalOrgOptions> = {}): LocalOrg {
  const made = createLocalOrg({ dataset: 'empty', root: import.meta.dirname, clock: () => NOW, ...options });
  open.push(made);
  return made;
}
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function count(of: LocalOrg, object: string): unknown {
  return of.store.select(`SELECT COUNT(*) FROM "${object}"`, [])[0]?.[0];
}

test('an empty org has its users and set-up and nothing else', () => {
  const made = org();
  expect(made.tokens.map((one) => one.username)).toEqual(SETUP_USERS.map((one) => one.username));
  expect(
    Object.fromEntries(
      ['Organization', 'User', 'Profile', 'UserRole', 'OpportunityStage', 'Account'].map((name) => [name, count(made, name)]),
    ),
  ).toEqual({
    Organization: 1,
    User: 16,
    Profile: 4,
    UserRole: 5,
    OpportunityStage: 11,
    Account: 0,
  });
});

test('who has left the company has no token and cannot be the user of a request', () => {
  const made = org();
  expect(made.tokens.some(({ username }) => username === 'gareth.pryce@larkfield.example')).toBe(false);
  expect(made.findUser('gareth.pryce@larkfield.example')).toBeNull();
});

test('a user is found by username in any case, as code sees it', () => {
  expect(org().user('Dana.Whitfield@LARKFIELD.example')).toEqual({
    id: SETUP_USERS[1]?.id,
    username: 'dana.whitfield@larkfield.example',
    name: 'Dana Whitfield',
    email: 'dana.whitfield@larkfield.example',
    profileId: SETUP_USERS[1]?.profileId,
    timeZone: 'America/New_York',
    locale: 'en_US',
    language: 'en_US',
    userType: 'Standard',
  });
  expect(() => org().user('nobody@larkfield.example')).toThrow('The org has no active user nobody@larkfield.example');
});

test('the demo company is loaded whole', () => {
  const made = org({ dataset: 'demo' });
  expect(
    Object.fromEntries(['Account', 'Contact', 'Opportunity', 'Lead', 'Case', 'Task', 'Event'].map((name) => [name, count(made, name)])),
  ).toEqual({
    Account: 200,
    Contact: 600,
    Opportunity: 800,
    Lead: 500,
    Case: 300,
    Task: 2200,
    Event: 800,
  });
  const [deal] = made.store.select(
    'SELECT "Name", "Probability", "ExpectedRevenue", "Fiscal", "LastModifiedDate" % 1000 FROM "Opportunity" ORDER BY "Id" LIMIT 1',
    [],
  );
  expect(deal).toEqual(['Acme Manufacturing - Planning Suite renewal', 95, 174_800, '2026 4', 0]);
});

test('orgs live side by side: same seed, same tokens and ids; what one writes the other does not see', () => {
  const [one, two] = [org(), org()];
  expect(two.tokens).toEqual(one.tokens);
  expect(org({ seed: 'other' }).tokens).not.toEqual(one.tokens);
  const account = one.schema.object('Account');
  if (account.kind !== 'known') throw new Error('no Account');
  const id = one.store.nextId(account.def);
  one.store.insert(account.def, new Map<string, Value>([['Id', id], ['Name', 'Acme'], ['IsDeleted', false]])); // prettier-ignore
  expect([count(one, 'Account'), count(two, 'Account')]).toEqual([1, 0]);
});

test('a user whose profile is not known is refused, not taken for an administrator', () => {
  const made = org();
  const { store, schema } = made;
  const stamp = { createdAt: 0, changedAt: 0, by: SETUP_USERS[0]?.id ?? '' };
  const profile = loadRecord(store, schema, 'Profile', { Name: 'Read Only' }, stamp);
  const users = schema.object('User');
  if (users.kind !== 'known') throw new Error('no User');
  store.update(users.def, setupUser('rep4').id, new Map([['ProfileId', profile]]));
  expect(() => made.transaction(made.user('mei.tran@larkfield.example'), (tx) => userAccess(tx))).toThrow(NotSupported);
});

test('a transaction is rolled back by what it throws, and carries user, time and ids', () => {
  const made = org();
  const user = made.user('sam.okafor@larkfield.example');
  const account = made.schema.object('Account');
  if (account.kind !== 'known') throw new Error('no Account');
  const { def } = account;
  const work = (fail: boolean): string =>
    made.transaction(user, (tx) => {
      tx.store.insert(def, new Map<string, Value>([['Id', tx.store.nextId(def)], ['Name', 'Acme'], ['IsDeleted', false]])); // prettier-ignore
      if (fail) throw new Error('stop');
      expect([tx.user, tx.now(), tx.orgId]).toEqual([user, NOW, made.id]);
      return tx.uuid();
    });
  expect(() => work(true)).toThrow('stop');
  expect(count(made, 'Account')).toBe(0);
  const first = work(false);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(work(false)).not.toBe(first);
  expect(count(made, 'Account')).toBe(2);
});

test('the demo company in several currencies: deals and their history are in the currency of the account', () => {
  const made = org({
    dataset: 'demo',
    currencies: [
      { isoCode: 'USD', conversionRate: 1 },
      { isoCode: 'EUR', conversionRate: 0.8 },
    ],
  });
  expect(made.store.select('SELECT "CurrencyIsoCode" FROM "Opportunity" GROUP BY 1 ORDER BY 1', [])).toEqual([['EUR'], ['USD']]);
  const strays = `SELECT COUNT(*) FROM "OpportunityHistory" h JOIN "Opportunity" o ON o."Id" = h."OpportunityId" JOIN "Account" a ON a."Id" = o."AccountId" WHERE h."CurrencyIsoCode" <> a."CurrencyIsoCode" OR o."CurrencyIsoCode" <> a."CurrencyIsoCode"`;
  expect(made.store.select(strays, [])).toEqual([[0]]);
});

test('idle connections outlive a deploy: clients are told how long', async () => {
  const started = await startLocalOrg({ dataset: 'empty', root: import.meta.dirname, clock: () => NOW });
  const response = await fetch(`${started.url}/services/data`);
  await response.arrayBuffer();
  await started.close();
  expect(response.headers.get('keep-alive')).toBe('timeout=60');
});
