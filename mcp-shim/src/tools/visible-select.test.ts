import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config.ts';
import { createLogger } from '../observability/logger.ts';
import { createRuntime } from '../runtime.ts';
import { describePath, opportunityDescribe, startSampleOrg } from '../testing/sample-org.ts';
import { ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import type { ToolContext } from './tool.ts';
import { planDescribes, supposedSelect, visibleSelect } from './visible-select.ts';

const accountPath = '/services/data/v60.0/sobjects/Account/describe';
const wanted = {
  from: 'Opportunity',
  fields: ['Name', 'Amount', 'Owner.Name', 'Account.Name', 'Account.Rating'],
  required: ['CloseDate'],
  optional: ['CurrencyIsoCode'],
};

let org: ScriptedOrg;
let context: ToolContext;

beforeEach(async () => {
  org = await startSampleOrg();
  const outcome = loadConfig({ SFDC_INSTANCE_URL: org.url, SFDC_ACCESS_TOKEN: 'token-of-the-test' });
  if (!outcome.ok) throw new Error('the settings of the test');
  const logger = createLogger({ level: 'silent', write: () => undefined, secrets: [] });
  context = { ...createRuntime(outcome.config, logger), signal: AbortSignal.timeout(10_000), client: 'test' };
  const accountFields = [{ name: 'Name', label: 'Name', type: 'string', updateable: true, nameField: true, nillable: false }];
  org.onPath(accountPath, ok({ name: 'Account', label: 'Account', keyPrefix: '001', fields: accountFields }));
});
afterEach(() => org.close());

function see(...names: string[]): void {
  const owner = { name: 'OwnerId', label: 'Owner', type: 'reference', updateable: true, nameField: false, nillable: false };
  const all = [...opportunityDescribe.fields, { ...owner, referenceTo: ['User'] }];
  org.onPath(describePath, ok({ ...opportunityDescribe, fields: all.filter(({ name }) => names.includes(name)) }));
}

it('selects what is visible, also of parents, and names the rest', async () => {
  see('Name', 'Amount', 'OwnerId', 'AccountId', 'CloseDate');
  const select = await visibleSelect(wanted, context);
  expect(select.fields).toEqual(['Id', 'Name', 'Amount', 'Owner.Name', 'Account.Name']);
  expect(select.hidden).toEqual(['Account.Rating']);
  expect([select.sees('CloseDate'), select.sees('Account.Name'), select.sees('Account.Rating')]).toEqual([true, true, false]);
  expect(org.wire).toEqual([`GET ${describePath}`, `GET ${accountPath}`]);
  await visibleSelect(wanted, context);
  expect(org.wire).toHaveLength(2);
});

it('a parent whose field or object is hidden is not selected', async () => {
  see('Name', 'AccountId', 'CloseDate');
  org.onPath(accountPath, { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] });
  const select = await visibleSelect(wanted, context);
  expect(select.fields).toEqual(['Id', 'Name']);
  expect(select.hidden).toEqual(['Amount', 'Owner.Name', 'Account.Name', 'Account.Rating']);
});

it('what the org may do without is selected where it is there', async () => {
  const currency = { ...opportunityDescribe.fields[1], name: 'CurrencyIsoCode' };
  org.onPath(describePath, ok({ ...opportunityDescribe, fields: [...opportunityDescribe.fields, currency] }));
  expect((await visibleSelect(wanted, context)).fields).toContain('CurrencyIsoCode');
});

it('a required field that is hidden: PERMISSION_DENIED names it', async () => {
  see('Name');
  await expect(visibleSelect(wanted, context)).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    details: { fields: ['CloseDate'] },
  });
});

describe('a dry run', () => {
  it('supposes what most users see, and asks for the describes', () => {
    expect(supposedSelect(wanted, context).fields).toEqual(['Id', ...wanted.fields]);
    expect(planDescribes(wanted, context).map(({ path }) => path)).toEqual([describePath, accountPath]);
    expect(org.requests).toEqual([]);
  });

  it('knows what has been described', async () => {
    see('Name', 'OwnerId', 'AccountId', 'CloseDate');
    const { fields } = await visibleSelect(wanted, context);
    expect(supposedSelect(wanted, context).fields).toEqual(fields);
    expect(planDescribes(wanted, context)).toEqual([]);
  });
});
