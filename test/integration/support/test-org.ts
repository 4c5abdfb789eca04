import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startLocalOrg } from '../../local-org/src/org.ts';
import { CLIENT_ID } from '../../local-org/src/api/oauth/grants.ts';
import type { Faults } from '../../local-org/src/faults/faults.ts';
import type { LocalOrg, LocalOrgOptions, StartedOrg } from '../../local-org/src/org-types.ts';
import { connectShim, startOfTests } from '../../../mcp-shim/src/testing/shim-client.ts';
import type { ShimClient } from '../../../mcp-shim/src/testing/shim-client.ts';
import { letWrite } from './let-write.ts';
import { RestClient } from './rest-client.ts';
import type { PlainRecord } from './rest-client.ts';
import { Wire } from './wire.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const FORCE_APP = join(ROOT, 'force-app', 'main');
const FIXTURES = join(ROOT, 'test', 'integration', 'fixtures');
const INTEGRATION_USER = 'revops.integration@larkfield.example';

/** What is deployed (default force-app alone), and the data and settings of the org (default set-up records only). */
type Options = Pick<LocalOrgOptions, 'packageDirectories' | 'notes' | 'fiscalYear' | 'currencies'> &
  Partial<Pick<LocalOrgOptions, 'dataset' | 'seed'>>;

/** An org with what stands around it in a suite: the shim's user, a colleague past the shim, and a wire between. */
export class TestOrg {
  /** Where the shim connects: the wire. */
  readonly url: string;
  readonly wire: Wire;
  /** The access token of the shim's user. */
  readonly token: string;
  /** How a server renews that token by itself, as its settings. */
  readonly renewable: Readonly<Record<string, string>>;
  /** Plain REST as the administrator, past the wire. */
  readonly rest: RestClient;
  readonly #started: StartedOrg;
  readonly #defects: readonly string[];
  readonly #clients: ShimClient[] = [];

  constructor(started: StartedOrg, wire: Wire, defects: readonly string[]) {
    this.#started = started;
    this.#defects = defects;
    this.wire = wire;
    this.url = wire.url;
    this.token = tokenOf(started, (user) => user.username === INTEGRATION_USER);
    const refreshToken = started.tokens.find(({ username }) => username === INTEGRATION_USER)?.refreshToken ?? '';
    this.renewable = { SFDC_REFRESH_TOKEN: refreshToken, SFDC_CLIENT_ID: CLIENT_ID };
    this.rest = new RestClient(
      started.url,
      tokenOf(started, () => true),
    );
  }

  /** The org itself, for what no API gives: locks held by others, rivals in the middle of a request. */
  get local(): LocalOrg {
    return this.#started.org;
  }

  get faults(): Faults {
    return this.#started.org.faults;
  }

  /** API requests that the org has counted today. */
  get apiRequests(): number {
    return this.#started.org.apiUsage.used;
  }

  /** A server of its own behind a real MCP client, closed with the org. */
  async connect(env: NodeJS.ProcessEnv = {}): Promise<ShimClient> {
    const client = await connectShim(this.url, { env: { SFDC_ACCESS_TOKEN: this.token, ...env }, newRequestId: randomUUID });
    this.#clients.push(client);
    return client;
  }

  /** Ends the sessions of the shim's user, as an administrator or the session time-out does. */
  expireToken(): void {
    if (this.#started.org.sessions.expire(INTEGRATION_USER) === 0) throw new Error('there was no session to expire');
  }

  /** Audit rows, oldest first: of one record, or all. */
  auditRows(fields: string, recordId?: string): Promise<PlainRecord[]> {
    const where = recordId === undefined ? '' : ` WHERE Record_Id__c = '${recordId}'`;
    return this.rest.query(`SELECT ${fields} FROM Cleanup_Audit__c${where} ORDER BY Name`);
  }

  /** Everything that a write may leave behind; equal before and after means that nothing was written. */
  async state(): Promise<unknown> {
    return {
      deals: await this.rest.query(
        'SELECT Id, Name, NextStep, Amount, CloseDate, StageName, Type, AccountId, LastModifiedById FROM Opportunity ORDER BY Id',
      ),
      audit: await this.auditRows('Id, Record_Id__c, Failed__c, Changed__c, New_Value__c'),
    };
  }

  /** What `AuditChain.verify` says of each record; with the fixture `witness` deployed. */
  async verifyChains(recordIds: readonly string[]): Promise<readonly unknown[]> {
    return (await this.rest.apex('POST', '/evidence/v1/chains', recordIds)) as readonly unknown[];
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.wire.close();
    await this.#started.close();
    if (this.#defects.length > 0) throw new Error(`the local org reported defects of its own:\n${this.#defects.join('\n')}`);
  }
}

/** An org of the suite's own on a free port: the same moment every time, and the same seed unless another is given. */
export async function startTestOrg(options: Options = {}): Promise<TestOrg> {
  const defects: string[] = [];
  const started = await startLocalOrg({
    dataset: 'empty',
    packageDirectories: [FORCE_APP],
    seed: 'integration',
    ...options,
    root: ROOT,
    clock: () => startOfTests,
    log: (message) => void defects.push(message),
  });
  letWrite(started.org);
  const wire = new Wire(started.url);
  await wire.open();
  return new TestOrg(started, wire, defects);
}

/** A package directory of `fixtures/`. */
export function fixture(name: string): string {
  return join(FIXTURES, name);
}

function tokenOf(started: StartedOrg, wanted: (user: StartedOrg['tokens'][number]) => boolean): string {
  const found = started.tokens.find(wanted);
  if (!found) throw new Error('the org has no such user');
  return found.token;
}
