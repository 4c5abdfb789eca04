import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { QueryOrg } from './query-org.ts';
import { plain } from './query-rows.ts';
import type { SoqlError } from './types.ts';

/** Dollars are the corporate currency; a dollar is 0.8 euros and 150 yen. */
const currencies = [
  { isoCode: 'USD', conversionRate: 1 },
  { isoCode: 'EUR', conversionRate: 0.8 },
  { isoCode: 'JPY', conversionRate: 150, decimalPlaces: 0 },
  { isoCode: 'GBP', conversionRate: 0.7, isActive: false },
];
const deal = (
  number: number,
  StageName: string,
  Amount: number | null,
  CurrencyIsoCode: string,
): Record<string, string | number | null> => ({
  Id: `00600000000000${number}AAA`,
  Name: `${CurrencyIsoCode} ${Amount}`,
  StageName,
  Amount,
  CurrencyIsoCode,
  CloseDate: '2026-03-31',
});
const org = new QueryOrg(
  {
    CurrencyType: currencies.map((one, index) => ({
      Id: `01L00000000000${index}AAA`,
      IsoCode: one.isoCode,
      ConversionRate: one.conversionRate,
      DecimalPlaces: one.decimalPlaces ?? 2,
      IsActive: one.isActive ?? true,
      IsCorporate: index === 0,
    })),
    Opportunity: [
      deal(1, 'Commit', 1000, 'USD'),
      deal(2, 'Commit', 1000, 'EUR'),
      deal(3, 'Prospecting', 9000, 'JPY'),
      deal(4, 'Prospecting', null, 'EUR'),
    ],
    OpportunityHistory: [
      { Id: '008000000000001AAA', OpportunityId: '006000000000002AAA', StageName: 'Commit', Amount: 400, CurrencyIsoCode: 'EUR' },
    ],
  },
  undefined,
  undefined,
  { currencies },
);

function rows(soql: string): unknown {
  const result = compileQuery(parseSoql(soql), org.schema, 'rest').run(org.transaction, []);
  if (result.kind === 'count') return result.count;
  return result.kind === 'aggregate' ? result.rows : result.records.map(plain);
}

const names = (soql: string): unknown => (rows(soql) as { Name: string }[]).map(({ Name }) => Name);

describe('several currencies', () => {
  it('rows carry their own', () => {
    expect(rows('SELECT Amount, CurrencyIsoCode FROM Opportunity WHERE Amount = 9000')).toEqual([{ Amount: 9000, CurrencyIsoCode: 'JPY' }]);
  });

  it('grouped amounts come in the corporate one, counts as they are', () => {
    expect(
      rows(
        'SELECT StageName, SUM(Amount), MIN(Amount), MAX(Amount), AVG(Amount), COUNT(Amount), COUNT(Id) FROM Opportunity GROUP BY StageName ORDER BY SUM(Amount) DESC',
      ),
    ).toEqual([
      ['Commit', 2250, 1000, 1250, 1125, 2, 2],
      ['Prospecting', 60, 60, 60, 60, 1, 2],
    ]);
    expect(rows('SELECT CurrencyIsoCode, SUM(Amount) FROM Opportunity GROUP BY CurrencyIsoCode ORDER BY CurrencyIsoCode')).toEqual([
      ['USD', 1000],
      ['EUR', 1250],
      ['JPY', 60],
    ]);
    expect(rows('SELECT StageName, SUM(Amount) FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > 2000')).toEqual([['Commit', 2250]]);
    expect(rows('SELECT OpportunityId, SUM(Opportunity.Amount), SUM(Amount) FROM OpportunityHistory GROUP BY OpportunityId')).toEqual([
      ['006000000000002AAA', 1250, 500],
    ]);
  });

  it('amounts of all records together are refused: their currency is not documented', () => {
    expect(() => rows('SELECT SUM(Amount) FROM Opportunity')).toThrow(
      new NotSupported('SUM(Amount) without GROUP BY in an org with several currencies'),
    );
    expect(rows('SELECT COUNT(Amount) FROM Opportunity')).toEqual([[3]]);
  });

  it('a literal with a code compares converted amounts, one without the bare numbers', () => {
    expect(names('SELECT Name FROM Opportunity WHERE Amount > USD1100')).toEqual(['EUR 1000']);
    expect(names('SELECT Name FROM Opportunity WHERE Amount >= EUR800 ORDER BY Name')).toEqual(['EUR 1000', 'USD 1000']);
    expect(names('SELECT Name FROM Opportunity WHERE Amount = JPY9000')).toEqual(['JPY 9000']);
    expect(names('SELECT Name FROM Opportunity WHERE Amount < JPY150000.5 ORDER BY Name')).toEqual(['JPY 9000', 'USD 1000']);
    expect(names('SELECT Name FROM Opportunity WHERE Amount != EUR1000 ORDER BY Name')).toEqual(['EUR null', 'JPY 9000', 'USD 1000']);
    expect(names('SELECT Name FROM Opportunity WHERE Amount > JPY150000.5 OR Amount < usd60.01 ORDER BY Name')).toEqual([
      'EUR 1000',
      'JPY 9000',
    ]);
    expect(names('SELECT Name FROM Opportunity WHERE Amount > 1100')).toEqual(['JPY 9000']);
  });

  it('ORDER BY compares converted amounts', () => {
    expect(names('SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST')).toEqual(['EUR 1000', 'USD 1000', 'JPY 9000', 'EUR null']);
  });

  it('the currencies themselves are records', () => {
    expect(rows('SELECT IsoCode, ConversionRate, DecimalPlaces FROM CurrencyType WHERE IsCorporate = true')).toEqual([
      { IsoCode: 'USD', ConversionRate: 1, DecimalPlaces: 2 },
    ]);
    expect(() => rows('SELECT IsoCode FROM CurrencyType ORDER BY IsoCode')).toThrow(
      expect.objectContaining({ detail: "field 'IsoCode' can not be sorted in a query call" } satisfies Partial<SoqlError>) as Error,
    );
    expect(() => rows('SELECT Id FROM DatedConversionRate')).toThrow(expect.objectContaining({ errorCode: 'INVALID_TYPE' }) as Error);
  });

  it.each([
    ['SELECT Id FROM Opportunity WHERE Amount > GBP1', 'The currency literal GBP1, which is no active currency of the org'],
    ['SELECT Id FROM Opportunity WHERE Probability > USD1', 'The currency literal USD1 beside Probability, which is no currency field'],
    [
      'SELECT StageName FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > USD1',
      'The currency literal USD1 in a query with an aggregate function',
    ],
    [
      'SELECT COUNT(Id) FROM Opportunity WHERE NOT (Amount > USD1.5 AND NextStep = null)',
      'The currency literal USD1.5 in a query with an aggregate function',
    ],
    ['SELECT COUNT() FROM Opportunity WHERE Amount > USD1', 'The currency literal USD1 in a query with an aggregate function'],
    ['SELECT Id FROM Opportunity WHERE Amount IN (USD1, USD2)', 'The currency literal USD1 in a list'],
    ['SELECT convertCurrency(Amount) FROM Opportunity', 'CONVERTCURRENCY() in SELECT'],
  ])('refused: %s', (soql, construct) => {
    expect(() => rows(soql)).toThrow(new NotSupported(construct));
  });
});
