import type { SalesforceRecord } from '../salesforce/gateway.ts';
import type { Currencies } from '../salesforce/org-facts.ts';
import { conditionSoql, fieldsOf, meets, negated } from '../salesforce/soql-condition.ts';
import type { Condition } from '../salesforce/soql-condition.ts';
import { addDays, dateIn, daysBetween, startOfDay } from '../salesforce/user-facts.ts';
import type { RiskRule, RiskThresholds, Severity } from './risk-thresholds.ts';
import { stageLimits, unknownStagesNote } from './stage-limits.ts';
import type { KnownStages } from './stage-limits.ts';

/** A rule that a deal meets, with the numbers. */
export interface RiskFlag {
  rule: RiskRule;
  severity: Severity;
  reason: string;
}

/** Which deals count as commit: by stage (API names), by forecast category, or both. */
export interface CommitDefinition {
  stages: readonly string[];
  forecastCategory?: string | undefined;
}

export interface RiskSituation {
  /** The user's day, YYYY-MM-DD, and their zone. */
  today: { date: string; timeZone: string };
  /** Absent where the commit stage is none of the org: then its rule is off. */
  commit?: CommitDefinition | undefined;
  /** The active stages, by which names in the thresholds are understood; where nobody knows them, those count as API names. */
  stages?: KnownStages | undefined;
  /** Absent where the org has one currency. */
  currencies?: Currencies | undefined;
  /** Whether this user sees a field of the deal. */
  sees(path: string): boolean;
  /** A field of the deal by its name, in any case: the thresholds may name a date or date/time. Undefined where this user sees none. */
  fieldNamed(name: string): { name: string; type: string } | undefined;
  seesContactRoles: boolean;
  seesEvents: boolean;
}

/** A rule that the deal's own fields decide: by `condition`, in the org and here. */
export interface FieldRule {
  rule: RiskRule;
  severity: Severity;
  condition: Condition;
  reason: (record: SalesforceRecord) => string;
}

/** The thresholds in the situation of one call. The one place where it is decided when a deal is at risk. */
export interface RiskPlan {
  fieldRules: readonly FieldRule[];
  /** Decided by OpportunityContactRole: a semi-join in the org, a fact of the record here. */
  noContactRole?: { severity: Severity };
  /** `candidates` are in the commit stage and close soon; those whose account has no event ahead are at risk. */
  commitClosingSoon?: { severity: Severity; days: number; candidates: Condition; reason: (record: SalesforceRecord) => string };
  /** The fields that the rules read. */
  fields: readonly string[];
  /** Rules that could not be applied, and why. */
  notes: readonly string[];
  rates: Currencies['rates'];
}

/** What no field of the deal says; undefined where it is not known. */
export interface DealFacts {
  hasContactRole?: boolean | undefined;
  hasFutureEvent?: boolean | undefined;
}

export function riskPlan(thresholds: RiskThresholds, situation: RiskSituation): RiskPlan {
  const notes: string[] = [];
  const fieldRules = fieldRulesOf(thresholds, situation, notes).filter(({ rule, condition }) => applies(rule, fieldsOf(condition)));
  const soon = commitRule(thresholds, situation, notes);
  const { no_contact_role: noContactRole } = thresholds;
  if (noContactRole && !situation.seesContactRoles) notes.push('Risk rule no_contact_role was left out: you cannot see contact roles.');
  const commitClosingSoon = soon && applies('commit_closing_soon', fieldsOf(soon.candidates)) ? soon : undefined;
  return {
    fieldRules,
    ...(noContactRole && situation.seesContactRoles ? { noContactRole } : {}),
    ...(commitClosingSoon ? { commitClosingSoon } : {}),
    fields: [
      ...new Set([...fieldRules.flatMap(({ condition }) => fieldsOf(condition)), ...(soon ? fieldsOf(soon.candidates) : [])]),
    ].filter((field) => situation.sees(field)),
    notes,
    rates: situation.currencies?.rates ?? new Map(),
  };

  function applies(rule: RiskRule, fields: readonly string[]): boolean {
    const hidden = fields.filter((field) => !situation.sees(field));
    if (hidden.length > 0) notes.push(`Risk rule ${rule} was left out: ${hidden.join(', ')} is not there or not visible to you.`);
    return hidden.length === 0;
  }
}

const lastActivity = 'LastActivityDate';

/** What to say where a verdict rests on LastActivityDate (Salesforce Help, "Considerations for Einstein Activity Capture"). */
export const activityNote = `${lastActivity} leaves out what Einstein Activity Capture logs: deals without recent activity may have some that is not counted.`;

/** That note, where days since activity go by that field and not by one that the thresholds name in its place. */
export function activityNotes({ fieldRules }: Pick<RiskPlan, 'fieldRules'>): string[] {
  const rule = fieldRules.find((one) => one.rule === 'days_since_activity');
  return rule && fieldsOf(rule.condition).includes(lastActivity) ? [activityNote] : [];
}

/** The flags of one deal. Closed deals have none. */
export function riskFlags(plan: RiskPlan, record: SalesforceRecord, facts: DealFacts): RiskFlag[] {
  if (record['IsClosed'] === true) return [];
  const { noContactRole, commitClosingSoon: soon } = plan;
  return [
    ...plan.fieldRules
      .filter(({ condition }) => meets(record, condition))
      .map(({ rule, severity, reason }) => ({ rule, severity, reason: reason(record) })),
    ...(noContactRole && facts.hasContactRole === false
      ? [{ rule: 'no_contact_role' as const, severity: noContactRole.severity, reason: 'No contact has a role in this deal' }]
      : []),
    ...(soon && facts.hasFutureEvent === false && meets(record, soon.candidates)
      ? [{ rule: 'commit_closing_soon' as const, severity: soon.severity, reason: soon.reason(record) }]
      : []),
  ];
}

/** The condition of each field rule as SOQL, for one COUNT per rule. */
export function ruleConditions(plan: RiskPlan): { rule: RiskRule; soql: string }[] {
  return plan.fieldRules.map(({ rule, condition }) => ({ rule, soql: conditionSoql(condition) }));
}

/** Meets any field rule, and meets none: two conditions that split all deals. Undefined where no field rule is on. */
export function anyFieldRule(plan: RiskPlan): { met: string; unmet: string } | undefined {
  if (plan.fieldRules.length === 0) return undefined;
  const any: Condition = { any: plan.fieldRules.map(({ condition }) => condition) };
  return { met: conditionSoql(any), unmet: conditionSoql(negated(any)) };
}

/** Deals that count as commit. */
export function commitCondition({ stages, forecastCategory }: CommitDefinition): Condition {
  const text = (field: string, value: string): Condition => ({ field, operator: '=', literal: { kind: 'text', value } });
  return {
    any: [
      ...stages.map((stage) => text('StageName', stage)),
      ...(forecastCategory === undefined ? [] : [text('ForecastCategoryName', forecastCategory)]),
    ],
  };
}

function fieldRulesOf(thresholds: RiskThresholds, situation: RiskSituation, notes: string[]): FieldRule[] {
  const { today } = situation;
  const rules: FieldRule[] = [];
  const add = (rule: RiskRule, given: { severity: Severity } | undefined, make: () => Omit<FieldRule, 'rule' | 'severity'> | undefined) => {
    const made = given && make();
    if (made) rules.push({ rule, severity: given.severity, ...made });
  };
  const { days_in_stage: inStage, days_since_activity: activity, pushed, large_deal_without_next_step: large } = thresholds;
  const daysOf = (value: unknown): number => daysBetween(dayOf(value, today.timeZone), today.date);

  add('days_in_stage', inStage, () => {
    const { stages } = situation;
    const unknown = stages && unknownStagesNote(thresholds, stages);
    if (unknown !== undefined) notes.push(unknown);
    const limitOf = stageLimits(inStage?.by_stage ?? {}, inStage?.default ?? 0, stages ?? []);
    return {
      condition: limitOf.condition((days) => changedBefore(startOfDay(addDays(today.date, -days), today.timeZone))),
      reason: (record) => {
        const changed = record['LastStageChangeDate'];
        const since = changed === null ? ', since it was created' : '';
        const stage = String(record['StageName']);
        return `${daysOf(changed ?? record['CreatedDate'])} days in ${stage}${since} (limit ${limitOf.limit(stage)})`;
      },
    };
  });
  add('days_since_activity', activity, () => {
    const { field: written, days } = activity ?? { field: '', days: 0 };
    const { name: field = written, type } = situation.fieldNamed(written) ?? {};
    if (type !== undefined && type !== 'date' && type !== 'datetime') {
      notes.push(`Risk rule days_since_activity was left out: ${field} is no date. Name a date field in the thresholds.`);
      return undefined;
    }
    const first = addDays(today.date, -days);
    const instant = startOfDay(first, today.timeZone);
    return {
      condition: {
        any: [
          { field, operator: '<', literal: type === 'datetime' ? { kind: 'instant', value: instant } : { kind: 'date', value: first } },
          {
            all: [
              { field, isNull: true },
              { field: 'CreatedDate', operator: '<', literal: { kind: 'instant', value: instant } },
            ],
          },
        ],
      },
      reason: (record) => {
        const last = record[field];
        return last === null || last === undefined
          ? `No activity since it was created ${daysOf(record['CreatedDate'])} days ago (limit ${days})`
          : `No activity for ${daysOf(last)} days (limit ${days})`;
      },
    };
  });
  add('close_date_passed', thresholds.close_date_passed, () => ({
    condition: { field: 'CloseDate', operator: '<', literal: { kind: 'date', value: today.date } },
    reason: (record) => `Close date ${String(record['CloseDate'])} passed ${counted(daysOf(record['CloseDate']), 'day')} ago`,
  }));
  add('pushed', pushed, () => ({
    condition: { field: 'PushCount', operator: '>=', literal: { kind: 'number', value: pushed?.times ?? 0 } },
    reason: (record) => `Close date pushed ${counted(Number(record['PushCount']), 'time')} (from ${pushed?.times ?? 0} on)`,
  }));
  add('large_deal_without_next_step', large, () => largeDealRule(large ?? { amount: 0 }, situation, notes));
  add('no_amount', thresholds.no_amount, () => ({ condition: { field: 'Amount', isNull: true }, reason: () => 'No amount' }));
  add('inactive_owner', thresholds.inactive_owner, () => ({
    condition: { field: 'Owner.IsActive', operator: '=', literal: { kind: 'boolean', value: false } },
    reason: () => 'Its owner is inactive',
  }));
  return rules;
}

/** Each is a condition of its own, which takes 75 of the 12,000 bytes of a request. */
const maxCurrencies = 80;

function largeDealRule(
  { amount, currency }: { amount: number; currency?: string | undefined },
  { currencies }: RiskSituation,
  notes: string[],
): Omit<FieldRule, 'rule' | 'severity'> | undefined {
  const code = currencies && (currency ?? currencies.corporate);
  if (code !== undefined && !currencies?.active.has(code)) {
    notes.push(
      `Risk rule large_deal_without_next_step was left out: ${code} is no active currency of the org. Change it in the thresholds.`,
    );
    return undefined;
  }
  const rates = currencies?.rates;
  if (rates && rates.size > maxCurrencies) {
    notes.push(
      `Risk rule large_deal_without_next_step was left out: the org has ${rates.size} currencies, and a query has room for ${maxCurrencies}.`,
    );
    return undefined;
  }
  const money = (value: number, of: unknown): string => `${value.toLocaleString('en-US')}${typeof of === 'string' ? ` ${of}` : ''}`;
  return {
    condition: {
      all: [
        {
          field: 'Amount',
          operator: '>',
          literal: rates ? { kind: 'money', amounts: inEach(rates, amount, code) } : { kind: 'number', value: amount },
        },
        { field: 'NextStep', isNull: true },
      ],
    },
    reason: (record) =>
      `Amount ${money(Number(record['Amount']), currencies && record['CurrencyIsoCode'])} is above ${money(amount, code)}, and there is no next step`,
  };
}

/** What an amount comes to in each currency, to the six decimals that no currency needs. */
function inEach(rates: Currencies['rates'], amount: number, code = ''): Map<string, number> {
  return new Map([...rates].map(([each, rate]) => [each, Math.round((amount / (rates.get(code) ?? 1)) * rate * 1e6) / 1e6]));
}

function commitRule(thresholds: RiskThresholds, { today, commit, seesEvents }: RiskSituation, notes: string[]) {
  const rule = thresholds.commit_closing_soon;
  if (!rule) return undefined;
  if (!commit) {
    notes.push(
      'Risk rule commit_closing_soon was left out: the commit stage is no active stage of open deals in the org. Set SFDC_COMMIT_STAGE_NAME.',
    );
    return undefined;
  }
  if (!seesEvents) {
    notes.push('Risk rule commit_closing_soon was left out: you cannot see events of accounts.');
    return undefined;
  }
  const candidates: Condition = {
    all: [
      commitCondition(commit),
      { field: 'CloseDate', operator: '>=', literal: { kind: 'date', value: today.date } },
      { field: 'CloseDate', operator: '<=', literal: { kind: 'date', value: addDays(today.date, rule.days) } },
    ],
  };
  return {
    severity: rule.severity,
    days: rule.days,
    candidates,
    reason: (record: SalesforceRecord) => {
      const days = daysBetween(today.date, String(record['CloseDate']));
      return `Commit that closes ${days === 0 ? 'today' : `in ${counted(days, 'day')}`} (limit ${rule.days}), ${noEventAhead(record)}`;
    },
  };
}

/** In the stage since before an instant: by the last change, or by creation where the stage never changed. */
function changedBefore(instant: string): Condition {
  const before = (field: string): Condition => ({ field, operator: '<', literal: { kind: 'instant', value: instant } });
  return { any: [before('LastStageChangeDate'), { all: [{ field: 'LastStageChangeDate', isNull: true }, before('CreatedDate')] }] };
}

/** The end of a reason. A deal without an account has no place where an event could be. */
export function noEventAhead(record: SalesforceRecord): string {
  return record['AccountId'] === null ? 'and it has no account, so no event ahead' : 'and no event ahead on the account';
}

/** The date of a date, or of an instant in a zone. */
function dayOf(value: unknown, timeZone: string): string {
  const text = String(value);
  return text.includes('T') ? dateIn(timeZone, new Date(text)) : text;
}

/** `1 day`, `2 days`. */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
