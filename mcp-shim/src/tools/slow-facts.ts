import { compositeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { PendingLookUp } from '../salesforce/look-up.ts';
import type { ToolContext } from './tool.ts';

type Pending = Readonly<Record<string, PendingLookUp<unknown> | undefined>>;
type Values<Facts extends Pending> = { [Name in keyof Facts]: Facts[Name] extends PendingLookUp<infer Value> | undefined ? Value : never };

/** Facts of the org that a query rests on, in one composite; nothing is sent for what is known. At most five; undefined ones are left out. */
export async function loadFacts<Facts extends Pending>(facts: Facts, context: ToolContext): Promise<Partial<Values<Facts>>> {
  const asked = Object.entries(facts).flatMap(([name, fact]) => (fact ? [[name, fact] as const] : []));
  const queries = asked.flatMap(([, fact]) => fact.queries);
  const answers = queries.length === 0 ? new Map() : await context.salesforce.queries(queries, context.signal);
  // Each entry is what its own look-up resolves to.
  return Object.fromEntries(asked.map(([name, fact]) => [name, fact.resolve(answers)])) as Partial<Values<Facts>>;
}

/** The request that `loadFacts` would send, for a dry run. */
export function planFacts(facts: Pending, context: ToolContext): ApiRequest[] {
  const queries = Object.values(facts).flatMap((fact) => fact?.queries ?? []);
  return queries.length === 0 ? [] : [compositeRequest(context.config.apiVersion, queries)];
}
