import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Calendar } from '../data/calendar.ts';
import { saveCustomMetadata } from '../data/custom-metadata-records.ts';
import { demoCompany } from '../data/demo-company.ts';
import { assignCurrencies } from '../data/demo-currencies.ts';
import { fillCustomerFields } from '../data/demo-customer-fields.ts';
import { randomCompany } from '../data/random-company.ts';
import { loadRecord, type Stamp } from '../data/load-records.ts';
import { assignPermissionSets, savePermissionSets } from '../data/permission-set-records.ts';
import { Random } from '../data/random.ts';
import { ORG_ID, ORG_TIME_ZONE, SETUP_USERS, setupRecords, type OrgSettings } from '../data/setup-records.ts';
import { createApexEngine } from './apex/engine.ts';
import type { ApexEngine, ApexHost, TestOptions, TestReport } from './apex/engine-types.ts';
import { createHttpApp } from './api/http-app.ts';
import { Grants } from './api/oauth/grants.ts';
import { Sessions } from './api/oauth/sessions.ts';
import { ApiUsage } from './api/rest/api-usage.ts';
import { QueryCursors } from './api/rest/query-cursors.ts';
import { Deployments } from './deployments.ts';
import { Faults } from './faults/faults.ts';
import type { DeployOptions, DeployRequest, DeployResult, LocalOrg, LocalOrgOptions, StartedOrg, UserToken } from './org-types.ts';
import { activeUserByUsername, userById } from './find-user.ts';
import { formulaField } from './formula/formula-field.ts';
import type { Package } from './metadata/package.ts';
import { readPackage } from './metadata/read-package.ts';
import { createSchema } from './schema/create-schema.ts';
import { isValidId, keyPrefix, to18 } from './schema/ids.ts';
import type { Schema } from './schema/types.ts';
import type { FormulaCompiler } from './soql/types.ts';
import { createStore } from './store/create-store.ts';
import type { Store } from './store/types.ts';
import { beginTransaction } from './transaction/begin-transaction.ts';
import { Races, type Rival, type Watch } from './transaction/races.ts';
import { systemClock } from './transaction/clock.ts';
import { seededUuids } from './transaction/seeded-uuids.ts';
import type { RunningUser, Transaction } from './transaction/types.ts';

const DAILY_API_REQUESTS = 15_000;

/** Makes an org: schema, set-up records, data, and the package directories that the options name. */
export function createLocalOrg(options: LocalOrgOptions): LocalOrg {
  const org = new Org(options);
  try {
    if (options.packageDirectories) org.deploy(options.packageDirectories);
    if (options.dataset !== 'empty') org.loadCompany(options.dataset === 'demo' ? demoCompany : randomCompany);
  } catch (error) {
    org.close();
    throw error;
  }
  return org;
}

/** Longer than a deploy or a test run holds the event loop: Node's 5 seconds would then end connections that have a request in them. */
const idleConnectionMs = 60_000;

/**
 * Makes an org and serves its APIs on 127.0.0.1.
 * @param options.port 0 (default) takes a free port
 * @throws DeployFailed, or the system's error where the port cannot be had (`EADDRINUSE`)
 */
export async function startLocalOrg(options: LocalOrgOptions & { readonly port?: number }): Promise<StartedOrg> {
  const org = createLocalOrg(options);
  // Node counts the URI among the headers and would cut the connection at 16 KB; the API answers 414 itself.
  const serverOptions = { maxHeaderSize: 65_536, keepAliveTimeout: idleConnectionMs };
  const server = createAdaptorServer({ fetch: createHttpApp(org).fetch, serverOptions }) as Server;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
  } catch (error) {
    org.close();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    org,
    tokens: org.tokens,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          org.close();
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Ends a deploy that is to change nothing. */
class OnlyChecked extends Error {
  readonly result: DeployResult;

  constructor(result: DeployResult) {
    super('the deploy was only to be checked');
    this.result = result;
  }
}

class Org implements LocalOrg {
  readonly id = ORG_ID;
  readonly store: Store;
  readonly engine: ApexEngine;
  readonly sessions: Sessions;
  readonly grants: Grants;
  readonly faults = new Faults();
  readonly apiUsage: ApiUsage;
  readonly cursors: QueryCursors;
  readonly formulas: FormulaCompiler = formulaField;
  readonly tokens: readonly UserToken[];
  readonly now: () => number;
  readonly log: (message: string) => void;
  readonly #seed: string;
  readonly #settings: OrgSettings;
  readonly #uuid: () => string;
  readonly #races: Races;
  readonly #deployments: Deployments;
  readonly #root: string;
  #schema: Schema;
  #hasCompany = false;

  constructor(options: LocalOrgOptions) {
    const features = { notes: options.notes ?? true, ...(options.currencies ? { currencies: options.currencies } : {}) };
    this.#settings = options;
    this.#schema = createSchema([], undefined, features);
    this.#seed = options.seed ?? 'local-org';
    this.#uuid = seededUuids(this.#seed);
    this.now = options.clock ?? systemClock;
    this.log = options.log ?? ((message) => process.stderr.write(`${message}\n`));
    this.apiUsage = new ApiUsage(options.dailyApiRequests ?? DAILY_API_REQUESTS);
    this.cursors = new QueryCursors(this.#seed, this.now);
    this.sessions = new Sessions(this.id, this.#seed);
    this.grants = new Grants(this.sessions, this.#seed, options.rotateRefreshTokens ?? false);
    this.store = this.#openStore();
    this.#races = new Races(this.store);
    this.engine = createApexEngine(this.#host());
    this.#deployments = new Deployments(features);
    this.#root = options.root;
    this.tokens = SETUP_USERS.map(({ username, name, title }) => {
      const { accessToken: token, refreshToken } = this.grants.grant(username);
      return { username, name, title, token, refreshToken };
    });
  }

  get schema(): Schema {
    return this.#schema;
  }

  get metadata(): Package {
    return this.#deployments.all;
  }

  findUser(username: string): RunningUser | null {
    return activeUserByUsername(this.#schema, this.store, username);
  }

  user(username: string): RunningUser {
    const user = this.findUser(username);
    if (!user) throw new Error(`The org has no active user ${username}`);
    return user;
  }

  deploy(directories: readonly string[]): DeployResult {
    return this.deployPackage({ package: readPackage(directories, this.#root) });
  }

  deployPackage(request: DeployRequest, options: DeployOptions = {}): DeployResult {
    const undo = [this.engine.checkpoint(), this.#deployments.checkpoint()];
    const schema = this.#schema;
    try {
      return this.store.transaction(() => {
        const result = this.#install(request);
        options.verify?.(result);
        if (options.checkOnly === true) throw new OnlyChecked(result);
        return result;
      });
    } catch (error) {
      this.#schema = schema;
      for (const restore of undo) restore();
      if (error instanceof OnlyChecked) return error.result;
      throw error;
    }
  }

  #install(request: DeployRequest): DeployResult {
    return this.#deployments.deploy(request, {
      define: (schema) => {
        for (const object of this.#schema.objects()) if (schema.object(object.name).kind !== 'known') this.store.drop(object.name);
        this.#schema = schema;
        for (const object of schema.objects()) this.store.define(object);
        savePermissionSets(this.store, schema, this.#stamp());
        saveCustomMetadata(this.store, schema, this.#stamp());
        if (this.#hasCompany) assignPermissionSets(this.store, schema, this.#stamp());
      },
      installApex: (sources) => this.engine.replace(sources),
      checkApex: (sources, schema) => this.engine.check(sources, schema),
      remoteMethod: (className, method) => this.engine.remoteMethod(className, method),
    });
  }

  transaction<T>(user: RunningUser, work: (tx: Transaction) => T): T {
    return this.store.transaction(() => {
      const tx = this.#begin(this.store, user);
      try {
        return work(tx);
      } finally {
        tx.locks.releaseSince(0);
      }
    });
  }

  hold(recordId: string): () => void {
    const id = isValidId(recordId) ? to18(recordId) : null;
    const object = id === null ? undefined : this.#schema.objectByPrefix(keyPrefix(id));
    if (id === null || !object || !this.store.get(object, id)) throw new Error(`the org has no record ${recordId} to hold`);
    return this.#races.hold(id);
  }

  trace(): Watch {
    return this.#races.watch(null);
  }

  interleave(rival: Rival): Watch {
    return this.#races.watch(rival);
  }

  runTests(options: Partial<TestOptions> = {}): TestReport {
    return this.engine.runTests({ classes: options.classes ?? [], methods: options.methods ?? [] });
  }

  loadCompany(make: typeof demoCompany): void {
    const { store } = this;
    this.#hasCompany = true;
    store.transaction(() => {
      assignPermissionSets(store, this.#schema, this.#stamp());
      const nextId = (name: string): string => {
        const object = this.#schema.object(name);
        if (object.kind !== 'known') throw new Error(`the company has records of ${name}, which the schema says is ${object.kind}`);
        return store.nextId(object.def);
      };
      const records = make(this.#seed, new Calendar(this.now(), ORG_TIME_ZONE, this.#settings.fiscalYear), nextId);
      assignCurrencies(new Random(`${this.#seed}/currencies`), records, this.#settings.currencies ?? []);
      fillCustomerFields(records, new Random(`${this.#seed}/customer`), (objectName, name) => {
        const object = this.#schema.object(objectName);
        return object.kind === 'known' && this.#schema.field(object.def, name).kind === 'known';
      });
      for (const record of records) {
        const { object, id, values, createdAt, changedAt, createdBy } = record;
        loadRecord(store, this.#schema, object, { Id: id, ...values }, { createdAt, changedAt, by: createdBy });
      }
    });
    store.analyze();
  }

  close(): void {
    this.store.close();
  }

  #host(): ApexHost {
    const schema = (): Schema => this.#schema;
    return {
      get schema() {
        return schema();
      },
      openTestStore: () => this.#openStore(),
      begin: (store, user) => this.#begin(store, user),
      testUser: () => this.user(SETUP_USERS[0]?.username ?? ''),
      userById: (store, id) => userById(this.#schema, store, id),
    };
  }

  /** A database with the objects as deployed now and the set-up records. */
  #openStore(): Store {
    const store = createStore();
    for (const object of this.#schema.objects()) store.define(object);
    const stamp = this.#stamp();
    store.transaction(() => {
      for (const { object, values } of setupRecords(this.#settings)) loadRecord(store, this.#schema, object, values, stamp);
      savePermissionSets(store, this.#schema, stamp);
      saveCustomMetadata(store, this.#schema, stamp);
    });
    return store;
  }

  /** Now, by the administrator who owns the set-up; whole seconds, as stored. */
  #stamp(): Stamp {
    const now = Math.floor(this.now() / 1000) * 1000;
    return { createdAt: now, changedAt: now, by: SETUP_USERS[0]?.id ?? '' };
  }

  #begin(store: Store, user: RunningUser): Transaction {
    const { now, id: orgId } = this;
    // Apex tests have a database of their own, with which no request of the org races.
    const races = store === this.store ? { races: this.#races } : {};
    return beginTransaction({ schema: this.#schema, store, user, now, orgId, uuid: this.#uuid, ...races });
  }
}
