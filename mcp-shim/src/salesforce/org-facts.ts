import { ContractError } from '../errors.ts';
import type { QueryResult } from './gateway.ts';
import { LookUp } from './look-up.ts';
import { selectSoql } from './soql-builder.ts';

export interface Organization {
  id: string;
  name: string;
  sandbox: boolean;
}

/** An active stage. Records hold its API name; people know its label. */
export interface Stage {
  label: string;
  apiName: string;
  /** Won or lost: deals in it are no pipeline. */
  closed: boolean;
  /** The forecast category that deals get with the stage. */
  forecastCategory: string;
}

/** What a deal is in a stage. */
export type StageOutcome = 'open' | 'won' | 'lost';

/** An active lead status. Records hold its API name; people know its label. */
export interface LeadStatus {
  label: string;
  apiName: string;
  /** Leads get it by conversion only. */
  converted: boolean;
}

/** The currencies of an org that has several. */
export interface Currencies {
  /** ISO code of the one that aggregates come in. */
  corporate: string;
  /** ISO codes that may be chosen, and written in queries (`EUR100`). */
  active: ReadonlySet<string>;
  /**
   * ISO code → how many of that currency one of the corporate currency is worth. Inactive ones too: deals keep them, and Salesforce goes
   * on converting them (Object Reference, "CurrencyType").
   */
  rates: ReadonlyMap<string, number>;
}

type Rows = QueryResult['records'];

/** What tools need to know about the org itself. */
export class OrgFacts {
  readonly organization: LookUp<Organization>;
  /** The active stages, in the org's own order. */
  readonly stages: LookUp<readonly Stage[]>;
  /** By API name, those that are no longer active too: history knows them. */
  readonly stageOutcomes: LookUp<ReadonlyMap<string, StageOutcome>>;
  /** Ask only where multiple currencies are on: CurrencyType exists only there. */
  readonly currencies: LookUp<Currencies>;
  /** 1 to 12: the month in which the fiscal year starts. Orgs with custom fiscal years keep the one they had before. */
  readonly fiscalYearStartMonth: LookUp<number>;
  /** In the org's own order. */
  readonly leadStatuses: LookUp<readonly LeadStatus[]>;

  constructor(now: () => number) {
    this.organization = new LookUp(
      { ref: 'organization', soql: selectSoql({ fields: ['Id', 'Name', 'IsSandbox'], from: 'Organization', limit: 1 }) },
      toOrganization,
      now,
    );
    this.stages = new LookUp(
      {
        ref: 'stages',
        soql: selectSoql({
          fields: ['MasterLabel', 'ApiName', 'IsClosed', 'ForecastCategoryName'],
          from: 'OpportunityStage',
          where: ['IsActive = true'],
          orderBy: 'SortOrder',
          limit: 200,
        }),
      },
      (rows) =>
        rows.map((row) => ({
          label: String(row['MasterLabel']),
          apiName: String(row['ApiName']),
          closed: row['IsClosed'] === true,
          forecastCategory: String(row['ForecastCategoryName']),
        })),
      now,
    );
    this.stageOutcomes = new LookUp(
      {
        ref: 'stage_outcomes',
        soql: selectSoql({ fields: ['ApiName', 'IsClosed', 'IsWon'], from: 'OpportunityStage', orderBy: 'SortOrder', limit: 200 }),
      },
      (rows) =>
        new Map(rows.map((row) => [String(row['ApiName']), row['IsWon'] === true ? 'won' : row['IsClosed'] === true ? 'lost' : 'open'])),
      now,
    );
    this.currencies = new LookUp(
      {
        ref: 'currencies',
        soql: selectSoql({
          fields: ['IsoCode', 'ConversionRate', 'IsCorporate', 'IsActive'],
          from: 'CurrencyType',
          limit: 200,
        }),
      },
      toCurrencies,
      now,
    );
    this.fiscalYearStartMonth = new LookUp(
      { ref: 'fiscal_year', soql: selectSoql({ fields: ['FiscalYearStartMonth'], from: 'Organization', limit: 1 }) },
      toStartMonth,
      now,
    );
    this.leadStatuses = new LookUp(
      {
        ref: 'lead_statuses',
        soql: selectSoql({ fields: ['MasterLabel', 'ApiName', 'IsConverted'], from: 'LeadStatus', orderBy: 'SortOrder', limit: 200 }),
      },
      (rows) =>
        rows.map((row) => ({ label: String(row['MasterLabel']), apiName: String(row['ApiName']), converted: row['IsConverted'] === true })),
      now,
    );
  }
}

function toOrganization(rows: Rows): Organization {
  const record = rows[0];
  if (!record) {
    throw new ContractError(
      'PERMISSION_DENIED',
      'The organization record is not visible to this user, so production and sandbox cannot be told apart. Ask an administrator for access.',
    );
  }
  return { id: String(record['Id']), name: String(record['Name']), sandbox: record['IsSandbox'] === true };
}

function toCurrency(rows: Rows): string {
  const code = rows[0]?.['IsoCode'];
  if (typeof code === 'string') return code;
  throw noCorporateCurrency();
}

function toCurrencies(rows: Rows): Currencies {
  const corporate = toCurrency(rows.filter((row) => row['IsCorporate'] === true));
  return {
    corporate,
    active: new Set(rows.filter((row) => row['IsActive'] === true).map((row) => String(row['IsoCode']))),
    rates: new Map(rows.map((row) => [String(row['IsoCode']), Number(row['ConversionRate'])])),
  };
}

function noCorporateCurrency(): ContractError {
  return new ContractError(
    'PERMISSION_DENIED',
    'The corporate currency is not visible to this user, so totals would have no unit. Ask an administrator for access.',
  );
}

function toStartMonth(rows: Rows): number {
  const month = rows[0]?.['FiscalYearStartMonth'];
  if (typeof month === 'number' && month >= 1 && month <= 12) return month;
  throw new ContractError(
    'PERMISSION_DENIED',
    'The month in which the fiscal year starts is not visible to this user, so there is no fiscal quarter. Name the dates yourself, or ask an administrator for access.',
  );
}
