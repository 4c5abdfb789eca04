import type { OrgRequest } from './measure-calls.ts';

/**
 * The rows that all servers are asked for: deals by close date with the five fields of a forecast list, all of the deal itself. What rows
 * cost depends on what stands in them; a column of record ids alone takes ten tokens a row in every format.
 */
export interface SampleQuery {
  readonly object: string;
  readonly fields: readonly string[];
  readonly orderBy: string;
  readonly limit: number;
}

export function sampleQuery(limit: number): SampleQuery {
  return { object: 'Opportunity', fields: ['Name', 'StageName', 'Amount', 'CloseDate', 'Probability'], orderBy: 'CloseDate, Id', limit };
}

export function toSoql({ object, fields, orderBy, limit }: SampleQuery): string {
  return `SELECT ${fields.join(', ')} FROM ${object} ORDER BY ${orderBy} LIMIT ${limit}`;
}

/** The request that a query is, in the API version that the server asks for by default. */
export function queryRequest(soql: string): OrgRequest {
  return { method: 'GET', path: `/services/data/v60.0/query?q=${encodeURIComponent(soql)}` };
}
