import type { OrgSettings } from '../data/setup-records.ts';
import type { ApexEngine, TestOptions, TestReport } from './apex/engine-types.ts';
import type { ApiUsage } from './api/rest/api-usage.ts';
import type { QueryCursors } from './api/rest/query-cursors.ts';
import type { Grants } from './api/oauth/grants.ts';
import type { Sessions } from './api/oauth/sessions.ts';
import type { Location } from './errors.ts';
import type { Faults } from './faults/faults.ts';
import type { Package } from './metadata/package.ts';
import type { Schema } from './schema/types.ts';
import type { FormulaCompiler } from './soql/types.ts';
import type { Store } from './store/types.ts';
import type { Rival, Watch } from './transaction/races.ts';
import type { RunningUser, Transaction } from './transaction/types.ts';

export interface LocalOrgOptions extends OrgSettings {
  /**
   * `demo`: the demo company; `random`: one whose values lie on the edges of rules, another for each seed; `empty`: set-up
   * records only (organisation, users, stages).
   */
  readonly dataset: 'demo' | 'random' | 'empty';
  /** Absolute path that file names in messages are relative to: the project's folder. */
  readonly root: string;
  /** Absolute paths of package directories to deploy at once. */
  readonly packageDirectories?: readonly string[];
  /** Whether enhanced notes are switched on; without them the org has no ContentNote. Default true. */
  readonly notes?: boolean;
  /** Epoch milliseconds; default `Date.now`. The demo data is laid out around what it says when the org is created. */
  readonly clock?: () => number;
  /** Whatever looks random (tokens, request ids, demo data) follows from it; default `local-org`. */
  readonly seed?: string;
  /** Daily API request allocation; default 15,000. */
  readonly dailyApiRequests?: number;
  /** Whether each refresh replaces the refresh token; default false. */
  readonly rotateRefreshTokens?: boolean;
  /** Where defects of the local org itself are reported; default stderr. */
  readonly log?: (message: string) => void;
}

/** The tokens of one user, as a client would hold them after a login. */
export interface UserToken {
  readonly username: string;
  readonly name: string;
  readonly title: string;
  /** The access token. */
  readonly token: string;
  /** Renews it, with the client id `CLIENT_ID` of `api/oauth/grants.ts`. */
  readonly refreshToken: string;
}

/** One org in this process. Several may live side by side. */
export interface LocalOrg {
  /** 18-character organisation id. */
  readonly id: string;
  /** The objects as deployed now: a deploy replaces it. */
  readonly schema: Schema;
  /** Everything that is deployed. */
  readonly metadata: Package;
  readonly store: Store;
  readonly engine: ApexEngine;
  readonly sessions: Sessions;
  /** Refresh tokens, and what came of them. */
  readonly grants: Grants;
  readonly faults: Faults;
  readonly apiUsage: ApiUsage;
  readonly cursors: QueryCursors;
  /** How queries compute formula fields. */
  readonly formulas: FormulaCompiler;
  /** One valid token per user, in the order of the user list; the first user is the administrator who owns the set-up. */
  readonly tokens: readonly UserToken[];
  readonly now: () => number;
  readonly log: (message: string) => void;
  /** The active user of a username (no regard to case), or null. */
  findUser(username: string): RunningUser | null;
  /** The same, where there must be one: throws where there is none. */
  user(username: string): RunningUser;
  /**
   * Deploys package directories, given by absolute path, all or nothing. What was deployed before stays.
   * @throws DeployFailed with every problem found; the org is then as it was.
   */
  deploy(directories: readonly string[]): DeployResult;
  /** The same with metadata that was read already, and deletions. */
  deployPackage(request: DeployRequest, options?: DeployOptions): DeployResult;
  /** Runs `work` as one transaction of `user`: committed when it returns, rolled back when it throws. */
  transaction<T>(user: RunningUser, work: (tx: Transaction) => T): T;
  /**
   * Locks a record as a transaction elsewhere would: queries FOR UPDATE and DML on it, or on a record that refers to it, are
   * refused until it is released.
   * @returns the release; the second call does nothing
   * @throws where there is no such record, or it is locked
   */
  hold(recordId: string): () => void;
  /** Records what the next transaction passes: its queries, locks and DML statements. */
  trace(): Watch;
  /**
   * Runs another request in the middle of the next transaction, before one of its queries, locks or DML statements. What the
   * rival commits stays, whatever becomes of the transaction that it interrupts. Once that has uncommitted writes, the rival
   * may only be locked out: one that is not makes the interrupted request fail.
   */
  interleave(rival: Rival): Watch;
  /** Runs Apex tests, each on a fresh database that holds set-up records only. */
  runTests(options?: Partial<TestOptions>): TestReport;
  close(): void;
}

export interface DeployedComponent {
  /** `CustomObject`, `ApexClass`, … */
  readonly type: string;
  readonly name: string;
  /** Relative to the org's root, or to the root of a zip. */
  readonly file: string;
  readonly state: 'created' | 'changed' | 'unchanged' | 'deleted';
}

/** A component that a deploy takes away, before or after it brings the others. */
export interface Deletion {
  readonly type: string;
  readonly name: string;
  readonly phase: 'before' | 'after';
  /** Where the destructive manifest names it. */
  readonly at: Location;
}

export interface DeployRequest {
  readonly package: Package;
  readonly deletions?: readonly Deletion[];
}

export interface DeployOptions {
  /** Everything is done and taken back. */
  readonly checkOnly?: boolean;
  /** Called when everything is in place, to run tests for instance; what it throws undoes the deploy. */
  verify?(result: DeployResult): void;
}

export interface DeployResult {
  readonly components: readonly DeployedComponent[];
  /** Deletions of what is not there. */
  readonly missing: readonly Deletion[];
}

/** An org that answers HTTP on 127.0.0.1. */
export interface StartedOrg {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  readonly org: LocalOrg;
  readonly tokens: readonly UserToken[];
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}
