import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startLocalOrg } from '../../local-org/src/org.ts';
import { CLIENT_ID } from '../../local-org/src/api/oauth/grants.ts';
import type { Faults } from '../../local-org/src/faults/faults.ts';
import type { LocalOrg, LocalOrgOptions, StartedOrg } from '../../local-org/src/org-types.ts';
import { connectShim, startOfTests } from '../../../mcp-shim/src/testing/shim-client.ts';
import type { ShimClient, ShimOptions } from '../../../mcp-shim/src/testing/shim-client.ts';
import { letWrite } from './let-write.ts';
import { OwnRecords } from './own-records.ts';
import { RestClient } from './rest-client.ts';
import type { PlainRecord } from './rest-client.ts';
import type { TargetOrg } from './target-org.ts';
import { Wire } from './wire.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const FORCE_APP = join(ROOT, 'force-app', 'main');
const FIXTURES = join(ROOT, 'test', 'integration', 'fixtures');
const INTEGRATION_USER = 'revops.integration@larkfield.example';

/** What is deployed (default force-app alone), and the data and settings of the org (default set-up records only). */
type Options = Pick<LocalOrgOptions, 'packageDirectories' | 'notes' | 'fiscalYear' | 'currencies'> &
  Partial<Pick<LocalOrgOptions, 'dataset' | 'seed'>>;

/** A local org of the suite's own, or the org that `TARGET_ORG` names; and what it takes to reach it. */
type Backing =
  | { readonly kind: 'local'; readonly started: StartedOrg; readonly defects: readonly string[] }
  | { readonly kind: 'target'; readonly target: TargetOrg };

/** What an org says of itself and of the shim's user. */
export interface OrgFacts {
  readonly orgName: string;
  readonly orgType: 'PRODUCTION' | 'sandbox';
  readonly username: string;
  readonly userName: string;
}

/** An org with what stands around it in a suite: the shim's user, a colleague past the shim, and a wire between. */
export class TestOrg {
  /** Where the shim connects: the wire. */
  readonly url: string;
  readonly wire: Wire;
  /** The access token of the shim's user. */
  readonly token: string;
  /** Plain REST past the wire: as the administrator, or in a target org as the only user that there is. */
  readonly rest: RestClient;
  readonly facts: OrgFacts;
  /** What time it is for the shim, in milliseconds since 1970: fixed, or in a target org when the suite began. */
  readonly now: number;
  readonly #backing: Backing;
  readonly #own: OwnRecords;
  readonly #clients: ShimClient[] = [];

  constructor(backing: Backing, wire: Wire) {
    this.#backing = backing;
    this.wire = wire;
    this.url = wire.url;
    this.#own = new OwnRecords(backing.kind === 'target');
    const created = (object: string, id: string): void => this.#own.add(object, id);
    if (backing.kind === 'target') {
      const { url, token, orgName, sandbox, username, userName } = backing.target;
      this.token = token;
      this.rest = new RestClient(url, token, created);
      this.facts = { orgName, orgType: sandbox ? 'sandbox' : 'PRODUCTION', username, userName };
      this.now = Date.now();
      return;
    }
    const { started } = backing;
    this.token = tokenOf(started, (user) => user.username === INTEGRATION_USER);
    const administrator = tokenOf(started, () => true);
    this.rest = new RestClient(started.url, administrator, created);
    this.facts = { orgName: 'Larkfield Software', orgType: 'PRODUCTION', username: INTEGRATION_USER, userName: 'RevOps Integration' };
    this.now = startOfTests;
  }

  /** How a server renews the token of the shim's user by itself, as its settings. */
  get renewable(): Readonly<Record<string, string>> {
    const refreshToken = this.#started.tokens.find(({ username }) => username === INTEGRATION_USER)?.refreshToken ?? '';
    return { SFDC_REFRESH_TOKEN: refreshToken, SFDC_CLIENT_ID: CLIENT_ID };
  }

  /** Whether this is the org that `TARGET_ORG` names: others work there too, and its clock goes on. */
  get isTarget(): boolean {
    return this.#backing.kind === 'target';
  }

  /** The org itself, for what no API gives: locks held by others, rivals in the middle of a request. */
  get local(): LocalOrg {
    return this.#started.org;
  }

  /** Of a local org. @throws for a target: a test that needs it says so with a tag of `local-org-tags.ts` */
  get #started(): StartedOrg {
    if (this.#backing.kind === 'local') return this.#backing.started;
    throw new Error('TARGET_ORG: this needs the local org. Mark the test with one of the tags in support/local-org-tags.ts');
  }

  get faults(): Faults {
    return this.#started.org.faults;
  }

  /** API requests that the org has counted today; null in a target org, where others work too. */
  get apiRequests(): number | null {
    if (this.#backing.kind === 'target') return null;
    return this.#started.org.apiUsage.used;
  }

  /** A server of its own behind a real MCP client, closed with the org. */
  async connect(env: NodeJS.ProcessEnv = {}, options: Pick<ShimOptions, 'person' | 'approvalTimeLimitMs'> = {}): Promise<ShimClient> {
    const client = await connectShim(this.url, {
      env: { SFDC_ACCESS_TOKEN: this.token, ...env },
      newRequestId: randomUUID,
      now: this.now,
      ...options,
    });
    this.#clients.push(client);
    const call: ShimClient['call'] = async (name, args) => {
      const answer = await client.call(name, args);
      this.#own.addMade(answer);
      return answer;
    };
    return { ...client, call };
  }

  /** A name for a record: that one, and in an org that others use with something to tell it from theirs. */
  own(name: string): string {
    return this.#own.named(name);
  }

  /** The same JSON with names as they were before `own`. */
  plain(value: unknown): unknown {
    return this.#own.plain(value);
  }

  /** The calendar day so many days from now, in UTC. */
  day(daysFromNow: number): string {
    return new Date(this.now + daysFromNow * 86_400_000).toISOString().slice(0, 10);
  }

  /** Ends the sessions of the shim's user, as an administrator or the session time-out does. */
  expireToken(): void {
    if (this.#started.org.sessions.expire(INTEGRATION_USER) === 0) throw new Error('there was no session to expire');
  }

  /** Audit rows, oldest first: of one record, or all; in an org that others use too, of all records of the suite. */
  auditRows(fields: string, recordId?: string): Promise<PlainRecord[]> {
    const where = recordId === undefined ? this.#ownOnly('Record_Id__c') : ` WHERE Record_Id__c = '${recordId}'`;
    return this.rest.query(`SELECT ${fields} FROM Cleanup_Audit__c${where} ORDER BY Name`);
  }

  /** Everything that a write may leave behind; equal before and after means that nothing was written. */
  async state(): Promise<unknown> {
    return {
      deals: await this.rest.query(
        `SELECT Id, Name, NextStep, Amount, CloseDate, StageName, Type, AccountId, LastModifiedById FROM Opportunity${this.#ownOnly('Id')} ORDER BY Id`,
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
    if (this.#backing.kind === 'target') return this.#own.remove(this.rest);
    const { started, defects } = this.#backing;
    await started.close();
    if (defects.length > 0) throw new Error(`the local org reported defects of its own:\n${defects.join('\n')}`);
  }

  #ownOnly(field: string): string {
    if (this.#backing.kind === 'local') return '';
    return ` WHERE ${field} IN (${this.#own.ids.map((id) => `'${id}'`).join(', ') || 'null'})`;
  }
}

/**
 * An org of the suite's own on a free port: the same moment every time, and the same seed unless another is given. Where `TARGET_ORG`
 * is set, that org as it stands: nothing is started or deployed, and what fixtures bring is not there.
 * @throws there, where the suite asks for an org with settings or data of its own
 */
export async function startTestOrg(options: Options = {}): Promise<TestOrg> {
  const target = inject('targetOrg');
  if (target !== null) {
    const { packageDirectories = [FORCE_APP], ...settings } = options;
    if (Object.keys(settings).length > 0 || !packageDirectories.includes(FORCE_APP))
      throw new Error('TARGET_ORG: an org with these settings is a local one. Mark the test with a tag of support/local-org-tags.ts');
    return new TestOrg({ kind: 'target', target }, await openWire(target.url));
  }
  return startLocalTestOrg(options);
}

/** A local org in any case: for suites that look into it before their tests are known. They are skipped where `TARGET_ORG` is set. */
export async function startLocalTestOrg(options: Options = {}): Promise<TestOrg> {
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
  return new TestOrg({ kind: 'local', started, defects }, await openWire(started.url));
}

async function openWire(url: string): Promise<Wire> {
  const wire = new Wire(url);
  await wire.open();
  return wire;
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
