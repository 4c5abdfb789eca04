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
}

type Rows = QueryResult['records'];

/** What tools need to know about the org itself. */
export class OrgFacts {
  readonly organization: LookUp<Organization>;
  /** The active stages, in the org's own order. */
  readonly stages: LookUp<readonly Stage[]>;
  /** ISO code of the currency that aggregates come in. Ask only where multiple currencies are on: CurrencyType exists only there. */
  readonly corporateCurrency: LookUp<string>;

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
          fields: ['MasterLabel', 'ApiName', 'IsClosed'],
          from: 'OpportunityStage',
          where: ['IsActive = true'],
          orderBy: 'SortOrder',
          limit: 200,
        }),
      },
      (rows) =>
        rows.map((row) => ({ label: String(row['MasterLabel']), apiName: String(row['ApiName']), closed: row['IsClosed'] === true })),
      now,
    );
    this.corporateCurrency = new LookUp(
      { ref: 'currency', soql: selectSoql({ fields: ['IsoCode'], from: 'CurrencyType', where: ['IsCorporate = true'], limit: 1 }) },
      toCurrency,
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
  throw new ContractError(
    'PERMISSION_DENIED',
    'The corporate currency is not visible to this user, so totals would have no unit. Ask an administrator for access.',
  );
}
