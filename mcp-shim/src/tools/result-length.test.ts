import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSampleOrg } from '../testing/sample-org.ts';
import { ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { maxResultLength } from '../untrusted-text.ts';
import { catalogues } from './catalogue.ts';

/** An org in which every object has every field, every text is as long as texts get, and every query finds as much as it may. */
let org: ScriptedOrg;
let shim: ShimClient;
let fields: string[];

const references: Record<string, string[]> = { OwnerId: ['User'], AccountId: ['Account'], WhoId: ['Lead', 'Contact'], WhatId: ['Account'] };
const keyPrefixes: Record<string, string> = { Account: '001', Contact: '003', Opportunity: '006', Lead: '00Q', Cleanup_Audit__c: 'a0X' };

function typeOf(name: string): string {
  if (name.endsWith('Amount')) return 'currency';
  if (/^(LastStageChangeDate|CreatedDate|StartDateTime|EndDateTime|ClosedDate|Performed_On__c)$/.test(name)) return 'datetime';
  if (/Date$/.test(name)) return 'date';
  if (/^(Is[A-Z]\w+|Failed__c|Changed__c)$/.test(name)) return 'boolean';
  if (/^(Probability|AnnualRevenue|PushCount)$/.test(name)) return 'double';
  if (name in references) return 'reference';
  return 'string';
}

function valueOf(path: string, row: number): unknown {
  const name = path.split('.').at(-1) ?? '';
  if (name === 'FiscalYearStartMonth') return 1;
  if (name === 'PrevAmount') return 4;
  const id = `001${String(row).padStart(12, '0')}AAA`;
  const values: Record<string, unknown> = {
    currency: 5,
    double: 5,
    date: '2026-10-01',
    datetime: `2026-01-01T00:00:00.000+0000`,
    boolean: false,
    reference: id,
  };
  return name === 'Id' || name.endsWith('Id') || name.endsWith('Id__c') ? id : (values[typeOf(name)] ?? `"${'é'.repeat(400)}`);
}

function record(paths: readonly string[], row: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const path of paths) {
    const [relation = '', field] = path.split('.');
    if (field === undefined) values[path] = valueOf(path, row);
    else values[relation] = { ...(values[relation] as object | undefined), [field]: valueOf(path, row) };
    if (path === 'Opportunity.Owner.Name')
      values['Opportunity'] = { ...(values['Opportunity'] as object), Owner: { Name: 'é'.repeat(400) } };
  }
  return values;
}

beforeEach(async () => {
  org = await startSampleOrg();
  const summaries = await Promise.all(['opportunity', 'lead', 'contact', 'account', 'activity', 'team-member'].map(fieldsOfSummary));
  const audit = 'Performed_On__c Performed_By__c Operation__c Object_Name__c Record_Id__c Record_Label__c Field_Name__c Old_Value__c';
  const more = 'New_Value__c Requested_Value__c Side_Effects__c Changed__c Failed__c Error_Message__c Justification__c Request_Id__c';
  const rest =
    'Id IsClosed IsWon IsConverted ManagerId LastStageChangeDate CreatedDate StartDateTime ActivityDate IsAllDayEvent OpportunityId';
  const history = 'StageName Amount PrevAmount CloseDate PrevCloseDate CreatedById ForecastCategory';
  fields = [
    ...new Set([
      ...summaries.flat(),
      ...`${audit} ${more} Performed_By_Id__c ${rest} ${history} OwnerId WhoId WhatId ContactId`.split(' '),
    ]),
  ];
  org.on(({ path }) => {
    const object = /\/sobjects\/(\w+)\/describe$/.exec(path)?.[1];
    if (object === undefined) return undefined;
    const described = fields.map((name) => ({
      ...{ name, label: name, type: typeOf(name), length: 255, nillable: true, updateable: true, nameField: name === 'Name' },
      picklistValues: Array.from({ length: 200 }, (_, value) => ({ value: `${value} ${'é'.repeat(250)}`, active: true })),
      ...(references[name] ? { referenceTo: references[name] } : {}),
    }));
    return ok({ name: object, label: object, keyPrefix: keyPrefixes[object] ?? 'a00', fields: described });
  });
  org.on(({ soql }) => {
    const [, selected = '', from = ''] =
      /^SELECT (.*?) FROM (\w+)/.exec(soql?.replace(/\(SELECT [^)]*\), |, \(SELECT [^)]*\)/, '') ?? '') ?? [];
    if (soql === undefined || ['OpportunityStage', ''].includes(from) || soql.includes('IsSandbox')) return undefined;
    if (/COUNT\(Id\)/.test(soql))
      return ok({ totalSize: 1, done: true, records: [{ total: 900, deals: 900, amounts: 900, IsClosed: false, AccountId: null }] });
    const count = Math.min(200, Number(/LIMIT (\d+)( OFFSET \d+)?$/.exec(soql)?.[1] ?? 200));
    const records = Array.from({ length: count }, (_, row) => record(selected.split(', '), row));
    return ok({ totalSize: count, done: true, records });
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

async function fieldsOfSummary(name: string): Promise<string[]> {
  const module = (await import(`./summaries/${name}${name === 'team-member' ? '' : '-summary'}.ts`)) as Record<string, unknown>;
  return Object.entries(module)
    .filter(([key]) => key.endsWith('Fields'))
    .flatMap(([, paths]) => Object.values(paths as Record<string, string>))
    .filter((path) => !path.includes('.'));
}

/** What each list tool is asked for, and where its rows stand. */
const lists: Record<string, { args: Record<string, unknown>; rows: string; least?: number; most: number }> = {
  search_accounts: { args: { query: 'Acme', limit: 50 }, rows: 'accounts', most: 50 },
  get_contacts_for_account: { args: { account_id: '001000000000001AAA', limit: 50 }, rows: 'contacts', most: 50 },
  get_opportunities: { args: { limit: 50 }, rows: 'opportunities', most: 50 },
  get_leads: { args: { limit: 50 }, rows: 'leads', most: 50 },
  get_recent_activities: { args: { related_to_id: '001000000000001AAA', limit: 50 }, rows: 'activities', most: 50 },
  get_team_members: { args: { manager_id: 'me' }, rows: 'team_members', most: 200 },
  stale_opps: { args: { limit: 200 }, rows: 'rows', most: 200 },
  at_risk_commits: { args: { limit: 200 }, rows: 'rows', most: 200 },
  pipeline_changes: { args: { since: '2026-01-01' }, rows: 'rows', most: 200 },
  get_pipeline_summary: { args: {}, rows: 'at_risk_deals', most: 50 },
  get_audit_trail: { args: { limit: 50 }, rows: 'audit_rows', most: 50 },
  describe_object: { args: { object_type: 'Account', search: 'date' }, rows: 'fields', least: 2, most: 5 },
  query: { args: { soql: 'SELECT Name, Subject FROM Task' }, rows: 'rows', most: 200 },
};

it.each(Object.entries(lists))(
  '%s: rows go where the answer would be longer than 60,000 characters, and it says so',
  async (tool, wanted) => {
    const answer = await shim.call(tool, wanted.args);
    const length = JSON.stringify(answer).length;
    expect(shim.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(answer).not.toHaveProperty('error');
    expect(length).toBeLessThanOrEqual(maxResultLength);
    const rows = answer[wanted.rows] as unknown[];
    expect(rows.length).toBeGreaterThanOrEqual(wanted.least ?? 6);
    expect(rows.length).toBeLessThan(wanted.most);
    expect(length).toBeGreaterThan(maxResultLength * 0.8);
    expect(answer['has_more'] === true || answer['truncated'] === true || /largest \d+ of/.test(JSON.stringify(answer['meta']))).toBe(true);
    expect(JSON.stringify(answer['meta'])).toMatch(/fit into one answer|are listed/);
  },
);

it('every tool that answers with a list of records stands above', () => {
  const withLimit = catalogues.required.filter((tool) => 'limit' in tool.input().shape).map(({ name }) => name);
  expect(withLimit.filter((name) => !(name in lists))).toEqual([]);
});
