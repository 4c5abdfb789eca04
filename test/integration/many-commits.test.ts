// @module-tag instants
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeSettings } from './support/administrator.ts';
import { loadPlan } from './support/load-plan.ts';
import type { Ground, Post } from './support/load-plan.ts';
import { RestClient } from './support/rest-client.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { sendLoad } from './support/send-load.ts';
import type { Answered } from './support/send-load.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/**
 * A thousand commits of two users over 20 connections, on a few records: what the callers were told, what the audit rows say, and
 * what a trigger of the test's own saw happen (`fixtures/witness`) must be the same story.
 */
const COMMITS = 1000;
const SEED = 'a thousand commits';
const USERS = ['revops.integration@larkfield.example', 'dana.whitfield@larkfield.example'] as const;
/** What a new record has without being asked for. */
const SET_BY_PLATFORM = new Set(['Status']);
const ROW =
  'Id, Name, Operation__c, Record_Id__c, Field_Name__c, Old_Value__c, New_Value__c, Changed__c, Failed__c, Error_Code__c, ' +
  'Performed_By__c, Request_Id__c, Ordinal__c, Sequence__c, Row_Hash__c';

interface Committed {
  readonly audit_ids: readonly string[];
  readonly audit_hashes: readonly string[];
  readonly record_id: string;
  readonly replayed: boolean;
  readonly changed: boolean;
  readonly changes: readonly { field: string; old: unknown; new: unknown; requested: boolean }[];
}

let org: TestOrg;
let ground: Ground;
let before: ReadonlyMap<string, PlainRecord>;
let answered: readonly Answered[];
let rows: readonly PlainRecord[];

beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('witness')] });
  changeSettings(org, { Max_Writes_Per_Hour__c: 100_000 });
  ground = await createGround();
  before = await contents();
  const clients = new Map(USERS.map((username) => [username as string, new RestClient(org.url, org.local.sessions.issue(username))]));
  const contested = [...ground.deals, ...ground.leads, ...ground.cases, ...ground.accounts];
  const load = await sendLoad(loadPlan(SEED, COMMITS, USERS, ground), { org: org.local, clients, contested, seed: SEED });
  answered = [...load, ...(await triedAgain(load, clients))];
  rows = await org.auditRows(ROW);
}, 300_000);
afterAll(() => org.close());

async function createGround(): Promise<Ground> {
  const found = await Promise.all(Array.from({ length: 8 }, () => createDeal(org)));
  const leads = await Promise.all(
    Array.from({ length: 4 }, (_none, index) => org.rest.create('Lead', { LastName: `Lead ${index}`, Company: 'Acme' })),
  );
  const cases = await Promise.all(Array.from({ length: 4 }, (_none, index) => org.rest.create('Case', { Subject: `Case ${index}` })));
  return { deals: found.map(({ dealId }) => dealId), accounts: found.slice(0, 3).map(({ accountId }) => accountId), leads, cases };
}

/** The fields that the commits change, by record id. */
async function contents(): Promise<ReadonlyMap<string, PlainRecord>> {
  const deals = await org.rest.query('SELECT Id, NextStep, Description, Amount, CloseDate FROM Opportunity');
  const leads = await org.rest.query('SELECT Id, Status FROM Lead');
  const cases = await org.rest.query('SELECT Id, Priority FROM Case');
  return new Map([...deals, ...leads, ...cases].map((record) => [String(record['Id']), record]));
}

/** What a caller does who was told that the record is locked, once it is free. */
async function triedAgain(load: readonly Answered[], clients: ReadonlyMap<string, RestClient>): Promise<Answered[]> {
  const again: Answered[] = [];
  for (const [key, answers] of byRequest(load)) {
    const [first] = answers;
    if (first === undefined || answers.some(isSuccess) || !answers.some((one) => codeOf(one) === 'ROW_LOCKED')) continue;
    const client = clients.get(first.post.user);
    if (!client) throw new Error(`nobody can send ${key} again`);
    again.push({ post: first.post, answer: await client.write(first.post.operation, first.post.body) });
  }
  return again;
}

const isSuccess = ({ answer }: Pick<Answered, 'answer'>): boolean => answer.status < 300;
const committedOf = ({ answer }: Pick<Answered, 'answer'>): Committed => answer.body as Committed;
const codeOf = ({ answer }: Answered): string | null =>
  isSuccess({ answer }) ? null : ((answer.body as { error?: { code?: string } }).error?.code ?? `HTTP ${answer.status}`);
const auditIdOf = ({ answer }: Answered): string | undefined =>
  (answer.body as { error?: { details?: { audit_id?: string } } }).error?.details?.audit_id;

/** The answers to each request of each user, in the order in which they came. */
function byRequest(answers: readonly Answered[]): Map<string, Answered[]> {
  const groups = new Map<string, Answered[]>();
  for (const one of answers) {
    const key = `${one.post.user} ${String(one.post.body['request_id'])}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

const isAddition = (row: PlainRecord): boolean => String(row['Field_Name__c']).startsWith('$');
const samePayload = (left: Post, right: Post): boolean =>
  left.operation === right.operation && JSON.stringify(left.body['input']) === JSON.stringify(right.body['input']);
const firstSuccesses = (): Answered[] =>
  [...byRequest(answered).values()].flatMap((answers) => answers.filter((one) => isSuccess(one) && !committedOf(one).replayed));
const count = <T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of items.map(keyOf).sort()) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

test('the load was one: each kind of answer came, and nothing else', () => {
  const kinds = count(answered, (one) => codeOf(one) ?? (committedOf(one).replayed ? 'replayed' : 'committed'));
  expect(Object.keys(kinds)).toEqual(['CONFLICT', 'REQUEST_ID_REUSED', 'ROW_LOCKED', 'committed', 'replayed']);
  for (const often of Object.values(kinds)) expect(often).toBeGreaterThan(10);
  expect(kinds['committed']).toBeGreaterThanOrEqual(COMMITS * 0.95);
  const operations = new Set(answered.map(({ post }) => post.operation));
  expect(Object.keys(count(firstSuccesses(), ({ post }) => post.operation))).toEqual([...operations].sort());
});

test('each request is carried out once: every answer after the first is the first one again, or refuses another payload', () => {
  const wrong: unknown[] = [];
  for (const [key, answers] of byRequest(answered)) {
    const [first, ...others] = answers.filter(isSuccess);
    if (others.some((one) => !samePayload(one.post, first?.post ?? one.post))) wrong.push([key, 'two payloads']);
    const told = [first, ...others].filter((one) => one !== undefined);
    const unlike = new Set(
      told.map(({ answer }) => JSON.stringify(sorted({ status: answer.status, body: { ...committedOf({ answer }), replayed: null } }))),
    );
    if (unlike.size > 1) wrong.push([key, ...unlike]);
    if (told.length > 0 && told.filter((one) => !committedOf(one).replayed).length !== 1) wrong.push([key, 'not once for the first time']);
    const reused = answers.filter((one) => codeOf(one) === 'REQUEST_ID_REUSED');
    if (reused.some((one) => first === undefined || samePayload(one.post, first.post))) wrong.push([key, 'refused as another payload']);
  }
  expect(wrong).toEqual([]);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, each]) => [key, sorted(each)])); // prettier-ignore
}

describe('audit rows', () => {
  test('what was committed has exactly the rows that its caller was told, and they say the same', () => {
    const told = firstSuccesses().flatMap((one) => {
      const { audit_ids, audit_hashes, record_id, changes } = committedOf(one);
      const requested = changes.filter((change) => change.requested);
      return requested.map((change, ordinal) => ({
        Id: audit_ids[ordinal],
        Row_Hash__c: audit_hashes[ordinal],
        Operation__c: one.post.operation,
        Record_Id__c: record_id,
        Field_Name__c: change.field,
        Old_Value__c: text(change.old),
        New_Value__c: text(change.new),
        Changed__c: change.old !== change.new,
        Performed_By__c: one.post.user,
        Request_Id__c: one.post.body['request_id'],
        Ordinal__c: ordinal,
      }));
    });
    const kept = rows
      .filter((row) => row['Failed__c'] === false)
      .map((row) => Object.fromEntries(Object.entries(row).filter(([field]) => field in (told[0] ?? {}))));
    const byId = (left: PlainRecord, right: PlainRecord): number => (String(left['Id']) < String(right['Id']) ? -1 : 1);
    expect(kept.sort(byId)).toEqual(told.sort(byId));
  });

  test('what failed has one failed row for each time that its caller was told of one, and nothing else has', () => {
    const failed = rows.filter((row) => row['Failed__c'] === true);
    expect(failed.map((row) => row['Id']).sort()).toEqual(answered.flatMap((one) => auditIdOf(one) ?? []).sort());
    expect(new Set(failed.map((row) => row['Error_Code__c']))).toEqual(new Set(['CONFLICT']));
  });

  test('committed changed rows are the changes that were made: the witness saw these, and no other', async () => {
    const seen = await org.rest.query('SELECT Record_Id__c, Field__c, Is_New__c FROM Change_Log__c');
    const ofSetUp = new Set(before.keys());
    const changed = rows.filter((row) => row['Failed__c'] === false && row['Changed__c'] === true && !isAddition(row));
    const place = (record: unknown, field: unknown): string => `${String(record)} ${String(field)}`;
    const isCreation = (row: PlainRecord): boolean => String(row['Operation__c']).startsWith('create_');
    const updates = seen.filter((log) => log['Is_New__c'] === false);
    expect(
      count(
        changed.filter((row) => !isCreation(row)),
        (row) => place(row['Record_Id__c'], row['Field_Name__c']),
      ),
    ).toEqual(count(updates, (log) => place(log['Record_Id__c'], log['Field__c'])));
    const created = seen.filter(
      (log) => log['Is_New__c'] === true && !ofSetUp.has(String(log['Record_Id__c'])) && !SET_BY_PLATFORM.has(String(log['Field__c'])),
    );
    expect(count(changed.filter(isCreation), (row) => place(row['Record_Id__c'], row['Field_Name__c']))).toEqual(
      count(created, (log) => place(log['Record_Id__c'], log['Field__c'])),
    );
    expect(updates.length).toBeGreaterThan(COMMITS / 2);
  });

  test('notes and comments are there once for each of their rows, below their record, and no other is', async () => {
    const ofRows = (field: string, saying: string): string[] =>
      rows
        .filter((row) => row['Failed__c'] === false && row['Field_Name__c'] === field)
        .map((row) => `${String(row['Record_Id__c'])} ${saying === '' ? '' : String(row[saying])}`)
        .sort();
    const comments = await org.rest.query('SELECT ParentId, CommentBody FROM CaseComment');
    expect(ofRows('$Comment', 'New_Value__c')).toEqual(
      comments.map((comment) => `${String(comment['ParentId'])} ${String(comment['CommentBody'])}`).sort(),
    );
    const ids = ground.deals.map((id) => `'${id}'`).join(', ');
    const links = await org.rest.query(`SELECT LinkedEntityId FROM ContentDocumentLink WHERE LinkedEntityId IN (${ids})`);
    expect(ofRows('$Note', '')).toEqual(links.map((link) => `${String(link['LinkedEntityId'])} `).sort());
    expect(Math.min(comments.length, links.length)).toBeGreaterThan(20);
  });

  test('each change of a field starts where the one before it ended, from what was there first to what is there now', async () => {
    const now = await contents();
    const places = new Map<string, PlainRecord[]>();
    const inOrder = rows.filter((row) => row['Failed__c'] === false && before.has(String(row['Record_Id__c'])) && !isAddition(row));
    for (const row of inOrder.sort((left, right) => Number(left['Sequence__c']) - Number(right['Sequence__c']))) {
      const place = `${String(row['Record_Id__c'])} ${String(row['Field_Name__c'])}`;
      places.set(place, [...(places.get(place) ?? []), row]);
    }
    expect(places.size).toBeGreaterThan(30);
    for (const [place, changes] of places) {
      const [recordId = '', field = ''] = place.split(' ');
      const from = [text(before.get(recordId)?.[field]), ...changes.map((row) => row['New_Value__c'])];
      const to = [...changes.map((row) => row['Old_Value__c']), text(now.get(recordId)?.[field])];
      expect({ place, values: from }).toEqual({ place, values: to });
    }
  });

  test('the chain of every record is intact and has all of its rows', async () => {
    const chained = count(
      rows.filter((row) => row['Sequence__c'] !== null),
      (row) => String(row['Record_Id__c']),
    );
    const ids = Object.keys(chained);
    const verdicts: unknown[] = [];
    for (let from = 0; from < ids.length; from += 50) verdicts.push(...(await org.verifyChains(ids.slice(from, from + 50))));
    expect(verdicts).toEqual(ids.map((id) => ({ record_id: id, intact: chained[id], broken: null, fault: null })));
    expect(rows.filter((row) => row['Sequence__c'] === null)).toEqual([]);
  });
});

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
