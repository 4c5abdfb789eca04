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

const lifetimeMs = 15 * 60_000;
const key = 'organization';

/** The org's own record, asked for together with whatever else a tool reads, and kept for 15 minutes. */
export const organizationQuery: NamedQuery = {
  ref: key,
  soql: selectSoql({ fields: ['Id', 'Name', 'IsSandbox'], from: 'Organization', limit: 1 }),
};

export class OrgFacts {
  readonly #organizations: TimeCache<Organization>;

  constructor(now: () => number = Date.now) {
    this.#organizations = new TimeCache(lifetimeMs, now);
  }

  peekOrganization(): Organization | undefined {
    return this.#organizations.peek(key);
  }

  /** The query to add to a composite; none while the answer is still known. */
  missingQueries(): NamedQuery[] {
    return this.peekOrganization() ? [] : [organizationQuery];
  }

  /** @param answers of a composite that included `missingQueries()` */
  organization(answers: ReadonlyMap<string, QueryResult | ContractError>): Promise<Organization> {
    return this.#organizations.get(key, async () => {
      const answer = answers.get(organizationQuery.ref);
      if (answer instanceof ContractError) throw answer;
      const record = answer?.records[0];
      if (!record)
        throw new ContractError(
          'PERMISSION_DENIED',
          'The organization record is not visible to this user, so production and sandbox cannot be told apart. Ask an administrator for access.',
        );
      return { id: String(record['Id']), name: String(record['Name']), sandbox: record['IsSandbox'] === true };
    });
  }
}
