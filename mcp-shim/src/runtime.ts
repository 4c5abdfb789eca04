import { randomInt, randomUUID } from 'node:crypto';
import { RefreshingToken } from './auth/refreshing-token.ts';
import { FixedToken } from './auth/token-source.ts';
import type { TokenSource } from './auth/token-source.ts';
import type { ShimConfig } from './config.ts';
import type { Logger } from './observability/logger.ts';
import { ApiBudget } from './salesforce/api-budget.ts';
import type { SalesforceGateway } from './salesforce/gateway.ts';
import { HttpTransport } from './salesforce/http-transport.ts';
import { JsforceGateway } from './salesforce/jsforce-gateway.ts';
import { OrgFacts } from './salesforce/org-facts.ts';
import { UserFacts } from './salesforce/user-facts.ts';
import { PendingWrites } from './writes/pending-writes.ts';
import { WriteClient } from './writes/write-client.ts';
import { WritePolicies } from './writes/write-policies.ts';
import { WriteReadiness } from './writes/write-readiness.ts';

/** What the tools work with, put together once per connection. */
export interface Runtime {
  config: ShimConfig;
  salesforce: SalesforceGateway;
  org: OrgFacts;
  user: UserFacts;
  writes: WriteClient;
  readiness: WriteReadiness;
  policies: WritePolicies;
  pending: PendingWrites;
  budget: ApiBudget;
  /** A new idempotency key. */
  newRequestId(): string;
  /** Loads what every call needs. Sends nothing. */
  warmUp(): Promise<void>;
}

/** What tests replace. */
export interface Chance {
  now: () => number;
  /** A whole number from 0 up to, not including, its argument. */
  random: (below: number) => number;
  newRequestId: () => string;
}

const realChance: Chance = { now: Date.now, random: (below) => randomInt(below), newRequestId: randomUUID };

export function createRuntime(config: ShimConfig, logger: Logger, chance: Chance = realChance): Runtime {
  const transport = new HttpTransport({ origin: config.instanceUrl, namespace: config.namespace, now: chance.now });
  const salesforce = new JsforceGateway({
    instanceUrl: config.instanceUrl,
    tokens: tokenSource(config, logger),
    apiVersion: config.apiVersion,
    namespace: config.namespace,
    transport,
    now: chance.now,
  });
  const writes = new WriteClient({ gateway: salesforce, logger, timeLimitMs: config.timeLimitMs, namespace: config.namespace });
  return {
    config,
    salesforce,
    budget: new ApiBudget({ ...config.apiBudget, reading: () => transport.limitInfo, now: chance.now }),
    org: new OrgFacts(chance.now),
    user: new UserFacts(salesforce, chance.now),
    writes,
    readiness: new WriteReadiness({ gateway: salesforce, client: writes, auditObject: config.auditObject }),
    policies: new WritePolicies(writes, chance.now),
    pending: new PendingWrites(chance),
    newRequestId: chance.newRequestId,
    // Not the SOQL parser: it is loaded by the first `query`, and costs servers that are never asked one 30 MB.
    warmUp: () => salesforce.warmUp(),
  };
}

function tokenSource({ accessToken, refresh }: ShimConfig, logger: Logger): TokenSource {
  if (refresh) {
    const { loginUrl, ...grant } = refresh;
    return new RefreshingToken({ loginUrl, grant, accessToken, onSecret: (secret) => logger.hide(secret) });
  }
  if (accessToken === undefined) throw new TypeError('settings without an access token and without a way to get one');
  return new FixedToken(accessToken);
}
