import { expect, it } from 'vitest';
import { toOpportunitySummary } from './opportunity-summary.ts';

const today = { date: '2026-11-21', timeZone: 'America/Los_Angeles' };

it('cuts cells, cleans them, and counts days in the zone of the user', () => {
  const record = {
    Id: '006000000000001AAA',
    Name: `Ac\u202eme ${'x'.repeat(400)}`,
    Account: { Name: 'Acme' },
    Owner: null,
    Amount: 12.5,
    CurrencyIsoCode: 'EUR',
    NextStep: null,
    LastStageChangeDate: '2026-11-10T03:00:00.000+0000',
    CreatedDate: '2026-01-05T03:00:00.000+0000',
  };
  expect(toOpportunitySummary(record, today, 300)).toEqual({
    id: '006000000000001AAA',
    name: `Acme ${'x'.repeat(295)}… [+105 chars]`,
    account_name: 'Acme',
    owner_name: null,
    amount: 12.5,
    currency: 'EUR',
    next_step: null,
    days_in_stage: 12,
  });
});

it('a deal whose stage never changed counts from its creation; a hidden date tells nothing', () => {
  const created = { Id: '006000000000001AAA', CreatedDate: '2026-11-20T20:00:00.000+0000' };
  expect(toOpportunitySummary({ ...created, LastStageChangeDate: null }, today, 300)).toMatchObject({ days_in_stage: 1 });
  expect(toOpportunitySummary(created, today, 300)).toEqual({ id: '006000000000001AAA' });
});

it('the currency of an amount that is hidden says nothing', () => {
  expect(toOpportunitySummary({ Id: '006000000000001AAA', CurrencyIsoCode: 'EUR' }, today, 300)).toEqual({ id: '006000000000001AAA' });
});
