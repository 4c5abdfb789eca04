import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

/** Orgs whose set-up differs from the usual one: fiscal years from February, and several currencies. */
let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg({
    fiscalYear: { startMonth: 2, namedByStart: true },
    currencies: [
      { isoCode: 'USD', conversionRate: 1 },
      { isoCode: 'EUR', conversionRate: 0.8 },
      { isoCode: 'GBP', conversionRate: 0.7, isActive: false },
    ],
  });
});
afterAll(() => client.started.close());

const DEAL = { Name: 'D', StageName: 'Prospecting', CloseDate: '2026-11-30', Amount: 100 };

async function rows(soql: string): Promise<unknown[]> {
  const { body } = await client.query(soql);
  const records = (body as { records?: Record<string, unknown>[] }).records;
  if (!records) throw new Error(JSON.stringify(body));
  return records.map(({ attributes: _type, ...values }) => values);
}

describe('fiscal years', () => {
  test('begin when the Organization says', async () => {
    expect(await rows('SELECT FiscalYearStartMonth, UsesStartDateAsFiscalYearName FROM Organization')).toEqual([
      { FiscalYearStartMonth: 2, UsesStartDateAsFiscalYearName: true },
    ]);
    const id = await client.create('Opportunity', { ...DEAL, CloseDate: '2027-01-31' });
    expect(await rows(`SELECT Fiscal FROM Opportunity WHERE CloseDate = THIS_FISCAL_QUARTER AND Id = '${id}'`)).toEqual([
      { Fiscal: '2026 4' },
    ]);
    expect(await rows(`SELECT FISCAL_YEAR(CloseDate) y FROM Opportunity WHERE Id = '${id}' GROUP BY FISCAL_YEAR(CloseDate)`)).toEqual([
      { y: 2026 },
    ]);
  });
});

describe('several currencies', () => {
  test('a record has the currency of its user, or the one that it is given; its history follows', async () => {
    const own = await client.create('Opportunity', DEAL);
    const euros = await client.create('Opportunity', { ...DEAL, CurrencyIsoCode: 'EUR' });
    const inBoth = `('${own}', '${euros}')`;
    expect(await rows(`SELECT CurrencyIsoCode, Amount FROM Opportunity WHERE Id IN ${inBoth} ORDER BY CurrencyIsoCode`)).toEqual([
      { CurrencyIsoCode: 'USD', Amount: 100 },
      { CurrencyIsoCode: 'EUR', Amount: 100 },
    ]);
    expect(await rows(`SELECT CurrencyIsoCode FROM OpportunityHistory WHERE OpportunityId = '${euros}'`)).toEqual([
      { CurrencyIsoCode: 'EUR' },
    ]);
    expect(await rows(`SELECT StageName, SUM(Amount) total FROM Opportunity WHERE Id IN ${inBoth} GROUP BY StageName`)).toEqual([
      { StageName: 'Prospecting', total: 225 },
    ]);
  });

  test('somebody who works in another currency makes records in that', async () => {
    const { store, schema } = client.started.org;
    const users = schema.object('User');
    if (users.kind !== 'known') throw new Error('no User');
    store.update(users.def, client.userId, new Map([['DefaultCurrencyIsoCode', 'EUR']]));
    const id = await client.create('Opportunity', DEAL);
    expect(await rows(`SELECT CurrencyIsoCode FROM Opportunity WHERE Id = '${id}'`)).toEqual([{ CurrencyIsoCode: 'EUR' }]);
  });

  test('only active currencies are taken', async () => {
    const { status, body } = await client.send('POST', '/services/data/v67.0/sobjects/Opportunity', { ...DEAL, CurrencyIsoCode: 'GBP' });
    expect([status, body]).toEqual([
      400,
      [
        {
          message: 'Currency ISO Code: bad value for restricted picklist field: GBP',
          errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          fields: ['CurrencyIsoCode'],
        },
      ],
    ]);
  });

  test('describe lists the field with the active currencies; nobody needs a permission for it', async () => {
    const { body } = await client.get('/services/data/v67.0/sobjects/Opportunity/describe');
    const field = (body as { fields: Record<string, unknown>[] }).fields.find(({ name }) => name === 'CurrencyIsoCode');
    expect(field).toMatchObject({ type: 'picklist', restrictedPicklist: true, defaultedOnCreate: true, permissionable: false });
    expect((field?.['picklistValues'] as { value: string }[]).map(({ value }) => value)).toEqual(['USD', 'EUR']);
    expect(await rows('SELECT IsoCode FROM CurrencyType WHERE IsActive = true')).toEqual([{ IsoCode: 'USD' }, { IsoCode: 'EUR' }]);
  });

  test('the first currency is the corporate one', async () => {
    await expect(startTestOrg({ currencies: [{ isoCode: 'EUR', conversionRate: 0.8 }] })).rejects.toThrow(
      'the first currency of an org is the corporate one, at a rate of 1',
    );
  });
});
