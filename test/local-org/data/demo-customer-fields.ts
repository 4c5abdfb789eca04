import { text, WEST_REPS, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

/** Length from which the customer's validation rule takes a next step for one. */
const NEXT_STEP = 10;

/**
 * Values of the custom fields that the customer's own package adds, for the fields that are deployed. The records keep that
 * package's rules: a deal at high risk has a next step, and every lead has a territory.
 * @param isDeployed whether an object has a field
 */
export function fillCustomerFields(
  records: readonly DemoRecord[],
  random: Random,
  isDeployed: (object: string, field: string) => boolean,
): void {
  const fill = (object: string, field: string, value: (record: DemoRecord) => string | null): void => {
    if (!isDeployed(object, field)) return;
    for (const record of records) if (record.object === object) record.values[field] = value(record);
  };
  fill('Opportunity', 'Forecast_Risk__c', (deal) => risk(deal, random));
  fill('Opportunity', 'Last_Forecast_Change__c', lastChange);
  fill('Lead', 'Territory__c', territory);
}

function risk({ values }: DemoRecord, random: Random): string | null {
  if (values['IsClosed'] === true) return null;
  const hasPlan = String(values['NextStep'] ?? '').length >= NEXT_STEP;
  return Number(values['PushCount']) > 1 && hasPlan ? 'High' : random.pick(['Low', 'Low', 'Medium', null]);
}

/** What the customer's trigger would have written when the deal was pushed for the last time. */
function lastChange(deal: DemoRecord): string | null {
  if (Number(deal.values['PushCount']) === 0) return null;
  const closes = text(deal, 'CloseDate');
  const before = new Date(Date.parse(`${closes}T00:00:00Z`) - 28 * 86_400_000).toISOString().slice(0, 10);
  return `Close date: ${before} to ${closes}`;
}

function territory(lead: DemoRecord): string {
  return WEST_REPS.some(({ id }) => id === text(lead, 'OwnerId')) ? 'West' : 'East';
}
