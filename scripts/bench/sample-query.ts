import type { OrgRequest } from './measure-calls.ts';

/** The rows that all servers are asked for: five fields of open and closed deals, with every kind of value that deals have. */
export interface SampleQuery {
  readonly object: string;
  readonly fields: readonly string[];
  readonly orderBy: string;
  readonly limit: number;
}

export function sampleQuery(limit: number): SampleQuery {
  return { object: 'Opportunity', fields: ['Id', 'Name', 'StageName', 'Amount', 'CloseDate'], orderBy: 'CloseDate, Id', limit };
}

export function toSoql({ object, fields, orderBy, limit }: SampleQuery): string {
  return `SELECT ${fields.join(', ')} FROM ${object} ORDER BY ${orderBy} LIMIT ${limit}`;
}

/** The request that a query is, in the API version that the server asks for by default. */
export function queryRequest(soql: string): OrgRequest {
  return { method: 'GET', path: `/services/data/v60.0/query?q=${encodeURIComponent(soql)}` };
}
