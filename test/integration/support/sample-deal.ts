import type { PlainRecord } from './rest-client.ts';
import type { TestOrg } from './test-org.ts';

export const justification = 'Agreed with the account owner in the forecast call';

/** A deal of its own for one test, on an account of its own. */
export async function createDeal(org: TestOrg, fields: PlainRecord = {}): Promise<{ dealId: string; accountId: string }> {
  const accountId = await org.rest.create('Account', { Name: org.own('Acme') });
  const dealId = await org.rest.create('Opportunity', {
    Name: org.own('Acme renewal'),
    AccountId: accountId,
    StageName: 'Qualification',
    CloseDate: '2026-12-18',
    Amount: 1200.5,
    NextStep: 'Call the buyer',
    ...fields,
  });
  return { dealId, accountId };
}

/** Arguments of `update_field` on a deal. */
export function change(dealId: string, field: string, value: unknown): Record<string, unknown> {
  return { object_type: 'Opportunity', object_id: dealId, field_name: field, new_value: value, justification };
}
