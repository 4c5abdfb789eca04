import type { OrgCurrency } from '../src/schema/org-currencies.ts';
import { CASE_STATUSES, LEAD_STATUSES, STAGES, TASK_PRIORITIES, TASK_STATUSES } from '../src/schema/standard/stages.ts';
import type { Value } from '../src/schema/types.ts';
import { setupId } from './setup-id.ts';
import type { PlainRecord } from './setup-records.ts';

/** The set-up records that give picklist values their meaning: stages, statuses, currencies. */
export function currencyTypes(currencies: readonly OrgCurrency[]): PlainRecord[] {
  return currencies.map((one, index) => ({
    object: 'CurrencyType',
    values: {
      Id: setupId('01L', index + 1),
      IsoCode: one.isoCode,
      ConversionRate: one.conversionRate,
      DecimalPlaces: one.decimalPlaces ?? 2,
      IsActive: one.isActive ?? true,
      IsCorporate: index === 0,
    },
  }));
}

export function stages(): PlainRecord[] {
  return STAGES.map((stage, index) => ({
    object: 'OpportunityStage',
    values: {
      Id: setupId('01J', index + 1),
      ApiName: stage.name,
      MasterLabel: stage.name,
      IsActive: true,
      IsClosed: stage.isClosed,
      IsWon: stage.isWon,
      DefaultProbability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
      SortOrder: index + 1,
    },
  }));
}

export function statuses(): PlainRecord[] {
  const list = (
    object: string,
    first: number,
    values: readonly ({ readonly name: string; readonly isDefault: boolean } & Record<string, Value>)[],
  ): PlainRecord[] =>
    values.map(({ name, isDefault, ...own }, index) => ({
      object,
      values: {
        Id: setupId('01J', first + index),
        ApiName: name,
        MasterLabel: name,
        IsDefault: isDefault,
        SortOrder: index + 1,
        ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value])),
      },
    }));
  return [
    ...list('LeadStatus', 101, LEAD_STATUSES),
    ...list('CaseStatus', 201, CASE_STATUSES),
    ...list('TaskStatus', 301, TASK_STATUSES),
    ...list('TaskPriority', 401, TASK_PRIORITIES),
  ];
}
