/**
 * Picklists with a meaning of their own: the value decides other fields. The set-up records (OpportunityStage, LeadStatus,
 * CaseStatus, TaskStatus, TaskPriority) and the picklists of the fields both come from here.
 */

/** API value and label of the forecast categories; `Forecast` is what people see as Commit. */
const FORECAST_CATEGORY_LABELS = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  Forecast: 'Commit',
  Closed: 'Closed',
} as const;

export type ForecastCategory = keyof typeof FORECAST_CATEGORY_LABELS;

export const FORECAST_CATEGORIES: readonly string[] = Object.keys(FORECAST_CATEGORY_LABELS);
export const FORECAST_CATEGORY_NAMES: readonly string[] = Object.values(FORECAST_CATEGORY_LABELS);

export interface Stage {
  readonly name: string;
  /** Percent. */
  readonly probability: number;
  readonly forecastCategory: ForecastCategory;
  readonly forecastCategoryName: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
}

function stage(name: string, probability: number, forecastCategory: ForecastCategory, end?: 'won' | 'lost'): Stage {
  const forecastCategoryName = FORECAST_CATEGORY_LABELS[forecastCategory];
  return { name, probability, forecastCategory, forecastCategoryName, isClosed: end !== undefined, isWon: end === 'won' };
}

/**
 * The stages of a new org, and `Commit`, which the demo company has added before Closed Won.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
 */
export const STAGES: readonly Stage[] = [
  stage('Prospecting', 10, 'Pipeline'),
  stage('Qualification', 10, 'Pipeline'),
  stage('Needs Analysis', 20, 'Pipeline'),
  stage('Value Proposition', 50, 'Pipeline'),
  stage('Id. Decision Makers', 60, 'Pipeline'),
  stage('Perception Analysis', 70, 'Pipeline'),
  stage('Proposal/Price Quote', 75, 'BestCase'),
  stage('Negotiation/Review', 90, 'BestCase'),
  stage('Commit', 95, 'Forecast'),
  stage('Closed Won', 100, 'Closed', 'won'),
  stage('Closed Lost', 0, 'Omitted', 'lost'),
];

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm */
export const LEAD_STATUSES: readonly { readonly name: string; readonly isConverted: boolean; readonly isDefault: boolean }[] = [
  { name: 'Open - Not Contacted', isConverted: false, isDefault: true },
  { name: 'Working - Contacted', isConverted: false, isDefault: false },
  { name: 'Closed - Converted', isConverted: true, isDefault: false },
  { name: 'Closed - Not Converted', isConverted: false, isDefault: false },
];

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_casestatus.htm */
export const CASE_STATUSES: readonly { readonly name: string; readonly isClosed: boolean; readonly isDefault: boolean }[] = [
  { name: 'New', isClosed: false, isDefault: true },
  { name: 'Working', isClosed: false, isDefault: false },
  { name: 'Escalated', isClosed: false, isDefault: false },
  { name: 'Closed', isClosed: true, isDefault: false },
];

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_taskstatus.htm */
export const TASK_STATUSES: readonly { readonly name: string; readonly isClosed: boolean; readonly isDefault: boolean }[] = [
  { name: 'Not Started', isClosed: false, isDefault: true },
  { name: 'In Progress', isClosed: false, isDefault: false },
  { name: 'Completed', isClosed: true, isDefault: false },
  { name: 'Waiting on someone else', isClosed: false, isDefault: false },
  { name: 'Deferred', isClosed: false, isDefault: false },
];

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_taskpriority.htm */
export const TASK_PRIORITIES: readonly { readonly name: string; readonly isHighPriority: boolean; readonly isDefault: boolean }[] = [
  { name: 'High', isHighPriority: true, isDefault: false },
  { name: 'Normal', isHighPriority: false, isDefault: true },
  { name: 'Low', isHighPriority: false, isDefault: false },
];

/** Names as `picklist()` takes them: the default starred. */
export function pickNames(values: readonly { readonly name: string; readonly isDefault?: boolean }[]): readonly string[] {
  return values.map((value) => (value.isDefault === true ? `*${value.name}` : value.name));
}
