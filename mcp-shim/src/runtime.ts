import type { ShimConfig } from './config.ts';
import type { Logger } from './observability/logger.ts';
import type { SalesforceGateway } from './salesforce/gateway.ts';
import { HttpTransport } from './salesforce/http-transport.ts';
import { JsforceGateway } from './salesforce/jsforce-gateway.ts';
import { OrgFacts } from './salesforce/org-facts.ts';
import { PendingWrites } from './writes/pending-writes.ts';
import { WriteClient } from './writes/write-client.ts';

/** What the tools work with, put together once per connection. */
export interface Runtime {
  config: ShimConfig;
  salesforce: SalesforceGateway;
  org: OrgFacts;
  writes: WriteClient;
  pending: PendingWrites;
  /** Loads what the first call needs. Sends nothing. */
  warmUp(): Promise<void>;
}

export function createRuntime(config: ShimConfig, logger: Logger): Runtime {
  const transport = new HttpTransport({ origin: config.instanceUrl, namespace: config.namespace });
  const salesforce = new JsforceGateway({
    instanceUrl: config.instanceUrl,
    accessToken: config.accessToken,
    apiVersion: config.apiVersion,
    transport,
  });
  return {
    config,
    salesforce,
    org: new OrgFacts(),
    writes: new WriteClient({ gateway: salesforce, logger, auditObject: config.auditObject, namespace: config.namespace }),
    pending: new PendingWrites(),
    warmUp: async () => {
      await Promise.all([salesforce.warmUp(), import('./salesforce/soql-guard.ts')]);
    },
  };
}
