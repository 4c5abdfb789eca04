import { dayOf, shifted } from './raw-company.ts';
import type { RawCompany } from './raw-company.ts';
import type { PlainRecord } from './rest-client.ts';

const now = Date.parse('2026-11-21T09:00:00Z');

/** Which rules of `config/risk_thresholds.yaml` an open deal meets, by its own fields, its roles and the events of its account. */
export function rulesOf(deal: PlainRecord, company: RawCompany, today: string, timeZone: string): string[] {
  const inStage = { Prospecting: 45, Qualification: 45, Commit: 21 }[String(deal['StageName'])] ?? 30;
  const stageSince = dayOf(deal['LastStageChangeDate'] ?? deal['CreatedDate'], timeZone);
  const last = deal['LastActivityDate'] as string | null;
  const activity = last ?? dayOf(deal['CreatedDate'], timeZone);
  const closes = String(deal['CloseDate']);
  const ahead = company.events.some(
    (event) => deal['AccountId'] !== null && event['AccountId'] === deal['AccountId'] && Date.parse(String(event['StartDateTime'])) > now,
  );
  const rules: Record<string, boolean> = {
    days_in_stage: stageSince < shifted(today, -inStage),
    days_since_activity: activity < shifted(today, -14),
    close_date_passed: closes < today,
    pushed: Number(deal['PushCount']) >= 2,
    large_deal_without_next_step: company.worth(deal) > 100_000 && deal['NextStep'] === null,
    no_amount: deal['Amount'] === null,
    inactive_owner: (deal['Owner'] as PlainRecord)['IsActive'] === false,
    no_contact_role: !company.roles.some((role) => role['OpportunityId'] === deal['Id']),
    commit_closing_soon: deal['StageName'] === 'Commit' && closes >= today && closes <= shifted(today, 14) && !ahead,
  };
  return Object.keys(rules).filter((rule) => rules[rule]);
}
