import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestOrg, type Answer, type TestClient } from '../src/api/test-client.ts';

const CUSTOMER = join(import.meta.dirname, '..', 'fixtures', 'customer');

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg({ dataset: 'demo', packageDirectories: [CUSTOMER] });
});
afterAll(() => client.started.close());

type Cells = Record<string, unknown>;

async function rows(soql: string): Promise<Cells[]> {
  const { body } = await client.query(soql);
  return (body as { records: Cells[] }).records;
}

async function first(where: string, fields = 'Id'): Promise<Cells> {
  const [row] = await rows(`SELECT ${fields} FROM Opportunity WHERE ${where} LIMIT 1`);
  if (!row) throw new Error(`the demo company has no deal ${where}`);
  return row;
}

const update = (object: string, id: unknown, fields: Cells): Promise<Answer> =>
  client.send('PATCH', `/services/data/v67.0/sobjects/${object}/${String(id)}`, fields);

const broken = (message: string, field: string) => [{ message, errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [field] }];

describe('the demo company keeps the rules of the customer’s package', () => {
  test('a deal at high risk has a next step, and there are some', async () => {
    const risky = await rows("SELECT NextStep FROM Opportunity WHERE Forecast_Risk__c = 'High'");
    expect(risky.length).toBeGreaterThan(20);
    for (const { NextStep } of risky) expect(String(NextStep).length).toBeGreaterThanOrEqual(10);
  });

  test('every lead has its territory, deals that were pushed say when', async () => {
    expect(await rows('SELECT Id FROM Lead WHERE Territory__c = null')).toEqual([]);
    expect(await rows('SELECT Id FROM Opportunity WHERE PushCount > 0 AND Last_Forecast_Change__c = null')).toEqual([]);
  });
});

describe('writes', () => {
  test('a committed deal does not close in the past', async () => {
    const deal = await first("StageName = 'Commit' AND CloseDate > TODAY", 'Id, CloseDate');
    const { status, body } = await update('Opportunity', deal['Id'], { CloseDate: '2026-11-20' });
    expect([status, body]).toEqual([
      400,
      broken(
        'A committed deal cannot close in the past. Choose a close date from today on, or take the deal out of Commit first.',
        'CloseDate',
      ),
    ]);
    expect((await first(`Id = '${String(deal['Id'])}'`, 'CloseDate'))['CloseDate']).toBe(deal['CloseDate']);
    expect((await update('Opportunity', deal['Id'], { CloseDate: '2026-11-21' })).status).toBe(204);
    expect((await update('Opportunity', deal['Id'], { StageName: 'Negotiation/Review', CloseDate: '2026-11-20' })).status).toBe(204);
  });

  test('high risk needs a next step', async () => {
    const deal = await first("IsClosed = false AND StageName != 'Commit'");
    expect((await update('Opportunity', deal['Id'], { Forecast_Risk__c: 'High', NextStep: 'call' })).body).toEqual(
      broken('A high-risk deal needs a next step: at least ten characters that say who does what.', 'NextStep'),
    );
    expect((await update('Opportunity', deal['Id'], { Forecast_Risk__c: 'High', NextStep: 'Dana calls their CFO' })).status).toBe(204);
  });

  test('half the amount is a high risk', async () => {
    const deal = await first("IsClosed = false AND Amount > 10000 AND Forecast_Risk__c = 'Low'", 'Id, Amount');
    const cut = Number(deal['Amount']) / 2 - 1;
    expect((await update('Opportunity', deal['Id'], { Amount: cut })).body).toEqual(
      broken('Cutting the amount by more than half needs Forecast Risk to be High.', 'Amount'),
    );
    expect((await update('Opportunity', deal['Id'], { Amount: cut + 1 })).status).toBe(204);
  });

  test('the trigger writes down what moved', async () => {
    const deal = await first("StageName = 'Qualification' AND CloseDate > TODAY", 'Id, CloseDate');
    const changes = { StageName: 'Needs Analysis', CloseDate: '2027-01-29' };
    expect((await update('Opportunity', deal['Id'], changes)).status).toBe(204);
    expect((await first(`Id = '${String(deal['Id'])}'`, 'Last_Forecast_Change__c'))['Last_Forecast_Change__c']).toBe(
      `Stage: Qualification to Needs Analysis, Close date: ${String(deal['CloseDate'])} to 2027-01-29`,
    );
  });

  test('and keeps the amount of a closed deal', async () => {
    const deal = await first('IsWon = true AND Amount > 0');
    expect((await update('Opportunity', deal['Id'], { Amount: 1 })).body).toEqual(
      broken('Finance has booked this deal. Ask the Deal Desk to change its amount.', 'Amount'),
    );
  });

  test('the picklists take their values only, and a lead needs its territory', async () => {
    const deal = await first('IsClosed = false');
    expect((await update('Opportunity', deal['Id'], { Forecast_Risk__c: 'Huge' })).body).toMatchObject([
      { errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Forecast_Risk__c'] },
    ]);
    const [lead] = await rows('SELECT Id FROM Lead LIMIT 1');
    expect((await update('Lead', lead?.['Id'], { Territory__c: null })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Territory__c'] },
    ]);
  });
});
