import { ContractError } from '../errors.ts';
import type { NamedQuery } from './api-request.ts';
import type { QueryResult } from './gateway.ts';
import { selectSoql } from './soql-builder.ts';
import { TimeCache } from './time-cache.ts';

export interface Organization {
  id: string;
  name: string;
  sandbox: boolean;
}

/** What a composite has to ask for, and what to make of its answers. */
export interface OrganizationLookUp {
  /** Empty while the organization is known. */
  queries: readonly NamedQuery[];
  resolve(answers: Answers): Organization;
}

type Answers = ReadonlyMap<string, QueryResult | ContractError>;

const lifetimeMs = 15 * 60_000;
const organizationQuery: NamedQuery = {
  ref: 'organization',
  soql: selectSoql({ fields: ['Id', 'Name', 'IsSandbox'], from: 'Organization', limit: 1 }),
};

/** The org's own record, asked for together with whatever else a tool reads, and kept for 15 minutes. */
export class OrgFacts {
  readonly #organizations: TimeCache<Organization>;

  constructor(now: () => number) {
    this.#organizations = new TimeCache(lifetimeMs, now);
  }

  lookUp(): OrganizationLookUp {
    const known = this.#organizations.peek(organizationQuery.ref);
    return known ? { queries: [], resolve: () => known } : this.freshLookUp();
  }

  /** Asks the org even where the answer is known. */
  freshLookUp(): OrganizationLookUp {
    return {
      queries: [organizationQuery],
      resolve: (answers) => {
        const organization = toOrganization(answers.get(organizationQuery.ref));
        this.#organizations.set(organizationQuery.ref, organization);
        return organization;
      },
    };
  }
}

function toOrganization(answer: QueryResult | ContractError | undefined): Organization {
  if (answer instanceof ContractError) throw answer;
  const record = answer?.records[0];
  if (!record) {
    throw new ContractError(
      'PERMISSION_DENIED',
      'The organization record is not visible to this user, so production and sandbox cannot be told apart. Ask an administrator for access.',
    );
  }
  return { id: String(record['Id']), name: String(record['Name']), sandbox: record['IsSandbox'] === true };
}
