import type { Transaction } from '../transaction/types.ts';

/** How an org's standard fiscal years lie. Custom fiscal years are not learned. */
export interface FiscalYear {
  /** 1 January … 12 December */
  readonly startMonth: number;
  /** Whether a year that does not begin in January is named after the calendar year in which it begins, or ends. */
  readonly namedByStart: boolean;
}

export const CALENDAR_YEAR: FiscalYear = { startMonth: 1, namedByStart: false };

/**
 * The fiscal year as the org's Organization record says it.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
 */
export function fiscalYearOf(tx: Transaction): FiscalYear {
  const object = tx.schema.object('Organization');
  const organization = object.kind === 'known' ? tx.store.get(object.def, tx.orgId) : undefined;
  if (!organization) throw new Error(`the org has no Organization record ${tx.orgId}`);
  return {
    startMonth: Number(organization.get('FiscalYearStartMonth') ?? 1),
    namedByStart: organization.get('UsesStartDateAsFiscalYearName') === true,
  };
}

/** What is added to the calendar year in which a fiscal year begins to name it. */
export function yearNameOffset({ startMonth, namedByStart }: FiscalYear): 0 | 1 {
  return startMonth === 1 || namedByStart ? 0 : 1;
}

/**
 * The fiscal year and quarter (1 to 4) of a day (`YYYY-MM-DD`).
 * @see https://help.salesforce.com/s/articleView?id=sf.admin_about_managing_fiscal_years.htm (standard fiscal years)
 */
export function fiscalPeriod(day: string, fiscalYear: FiscalYear): { year: number; quarter: number } {
  const { startMonth } = fiscalYear;
  const month = Number(day.slice(5, 7));
  const begins = Number(day.slice(0, 4)) - (month < startMonth ? 1 : 0);
  return { year: begins + yearNameOffset(fiscalYear), quarter: Math.floor(((month - startMonth + 12) % 12) / 3) + 1 };
}
