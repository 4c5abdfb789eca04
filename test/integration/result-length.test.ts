import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxResultLength } from '../../mcp-shim/src/untrusted-text.ts';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** An account on which everything is as long as the org lets it be: its lists would be longer than an answer may be. */
const count = 55;
let org: TestOrg;
let shim: ShimClient;
let accountId: string;
const ids = { deals: [] as string[], contacts: [] as string[], tasks: [] as string[] };

/** Each takes two characters of JSON. */
const quotes = (length: number): string => '"'.repeat(length);

beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const name = org.own('Acme');
  accountId = await org.rest.create('Account', { Name: name + quotes(255 - name.length) });
  for (let index = 10; index < 10 + count; index += 1) {
    const deal = await org.rest.create('Opportunity', {
      Name: `${index}${quotes(118)}`,
      AccountId: accountId,
      StageName: 'Qualification',
      CloseDate: org.day(10 + index),
      NextStep: quotes(255),
      Description: quotes(3_000),
    });
    const contact = await org.rest.create('Contact', {
      LastName: `${index}${quotes(78)}`,
      FirstName: quotes(40),
      Title: quotes(128),
      AccountId: accountId,
    });
    await org.rest.create('OpportunityContactRole', { OpportunityId: deal, ContactId: contact, Role: 'Evaluator' });
    const what = { WhatId: deal, WhoId: contact, ActivityDate: org.day(-1) };
    ids.tasks.push(await org.rest.create('Task', { ...what, Subject: quotes(255), Description: quotes(3_000) }));
    ids.deals.push(deal);
    ids.contacts.push(contact);
  }
});
afterAll(() => org.close());

interface Answer {
  readonly rows: readonly { id: string }[];
  readonly length: number;
  readonly notes: readonly string[];
  readonly answer: Record<string, unknown>;
}

async function call(tool: string, list: string, args: Record<string, unknown>): Promise<Answer> {
  const answer = await shim.call(tool, args);
  const { notes = [] } = (answer['meta'] ?? {}) as { notes?: string[] };
  return { rows: answer[list] as { id: string }[], length: JSON.stringify(answer).length, notes, answer };
}

describe('an answer has at most 60,000 characters, and says what it leaves out', () => {
  test.each([
    ['get_opportunities', 'opportunities', ids.deals],
    ['get_contacts_for_account', 'contacts', ids.contacts],
  ])('%s: rows go, and the cursor goes on where they went', async (tool, list, all) => {
    const seen: string[] = [];
    let cursor: unknown;
    let pages = 0;
    do {
      const { rows, length, notes, answer } = await call(tool, list, { account_id: accountId, limit: 50, cursor });
      const asked = Math.min(50, count - seen.length);
      seen.push(...rows.map(({ id }) => id));
      expect(length).toBeLessThanOrEqual(maxResultLength);
      expect(answer).toMatchObject({ total_count: count, has_more: seen.length < count });
      const said = `Only ${rows.length} of ${asked} rows fit into one answer. The next page goes on from there.`;
      expect(notes.filter((note) => note.includes('fit into one answer'))).toEqual(rows.length < asked ? [said] : []);
      // The first page is cut, and not by more than it must be: another row would not fit.
      if (pages === 0) expect([rows.length < 50, length + (length / rows.length) * 3 > maxResultLength]).toEqual([true, true]);
      cursor = answer['next_cursor'];
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBeGreaterThan(1);
    expect(seen).toEqual(all);
  });

  test('query: rows go, truncated is set, and total_size stays true', async () => {
    const soql = `SELECT Id, Name, NextStep, Description FROM Opportunity WHERE AccountId = '${accountId}' ORDER BY CloseDate`;
    const { length, notes, answer } = await call('query', 'rows', { soql });
    const rows = answer['rows'] as string[][];
    expect(length).toBeLessThanOrEqual(maxResultLength);
    expect(answer).toMatchObject({ returned: rows.length, truncated: true, total_size: count });
    expect(rows.map(([id]) => id)).toEqual(ids.deals.slice(0, rows.length));
    expect(rows[0]?.[3]).toBe(`${quotes(1_000)}… [+2,000 chars]`);
    expect(notes).toEqual([`Only ${rows.length} of ${count} rows fit into one answer. Select fewer fields or narrow the query.`]);
    expect([rows.length < count, length + (length / rows.length) * 2 > maxResultLength]).toEqual([true, true]);
    const next = await shim.call('query', { soql: `${soql} LIMIT 5 OFFSET ${rows.length}` });
    expect((next['rows'] as string[][]).map(([id]) => id)).toEqual(ids.deals.slice(rows.length, rows.length + 5));
  });

  test('get_recent_activities: the newest stay, and all are counted', async () => {
    const { rows, length, notes, answer } = await call('get_recent_activities', 'activities', { related_to_id: accountId, limit: 50 });
    expect(length).toBeLessThanOrEqual(maxResultLength);
    expect(answer).toMatchObject({ total_count: count });
    expect(rows.length).toBeLessThan(50);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.every(({ id }) => ids.tasks.includes(id))).toBe(true);
    expect(notes.filter((note) => note.startsWith(`Only ${rows.length} of `))).toHaveLength(1);
  });
});
