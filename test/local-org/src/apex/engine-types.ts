import type { ActionInput, ActionOutput } from './run/invocable.ts';
import type { TriggerPort } from '../dml/types.ts';
import type { Problem } from '../errors.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { RunningUser, Transaction } from '../transaction/types.ts';

export interface ApexSource {
  /** As shown in messages: `force-app/main/default/classes/write/WriteService.cls`. */
  readonly file: string;
  /** `WriteService` */
  readonly name: string;
  readonly kind: 'class' | 'trigger';
  readonly source: string;
  /** From the -meta.xml: 67 */
  readonly apiVersion: number;
}

export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** After `/services/apexrest`: `/revops/v1/writes/update_field`. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface StaticRun {
  /** What System.debug printed, line by line, without the level. */
  readonly debug: readonly string[];
  /** `System.DmlException: …`, or null. */
  readonly exception: string | null;
}

/** What one System.debug printed. */
export interface DebugLine {
  /** Of the source that printed it. */
  readonly line: number;
  /** `DEBUG|Hello`: the level, and the text, which may hold line breaks. */
  readonly text: string;
}

/** How a block of anonymous Apex ended. */
export type AnonymousRun =
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | { readonly outcome: 'succeeded'; readonly debug: readonly DebugLine[] }
  | {
      readonly outcome: 'failed';
      /** `System.DmlException: …` */
      readonly message: string;
      readonly stackTrace: string;
      readonly debug: readonly DebugLine[];
    };

export interface TestOptions {
  /** Only these classes; empty = all. */
  readonly classes: readonly string[];
  /** Only these methods, by name or as `Class.method`; empty = all. */
  readonly methods: readonly string[];
}

export interface TestMethodResult {
  readonly className: string;
  readonly methodName: string;
  readonly outcome: 'Pass' | 'Fail' | 'CompileFail';
  readonly message: string | null;
  readonly stackTrace: string | null;
  readonly runTimeMs: number;
}

export interface ClassCoverage {
  readonly name: string;
  readonly file: string;
  readonly covered: readonly number[];
  readonly uncovered: readonly number[];
}

export interface TestReport {
  readonly results: readonly TestMethodResult[];
  /** Production classes and triggers only. */
  readonly coverage: readonly ClassCoverage[];
}

/** What the engine needs from the org that hosts it. */
export interface ApexHost {
  readonly schema: Schema;
  /** A fresh database with the schema and the set-up records (users, profiles, organisation, stages), and nothing else. */
  openTestStore(): Store;
  /** A transaction on a store; the caller commits or rolls back through `store.transaction`. */
  begin(store: Store, user: RunningUser): Transaction;
  /** Who runs Apex tests: the first administrator. */
  testUser(): RunningUser;
  userById(store: Store, id: string): RunningUser | null;
}

/** Apex that was compiled and not installed. */
export interface CheckedApex {
  readonly problems: readonly Problem[];
  readonly remoteMethod: ApexEngine['remoteMethod'];
}

export interface ApexEngine {
  /** Parses, checks and installs classes and triggers. Atomic: with problems nothing changes. Names what the local org lacks as NotSupported problems. */
  deploy(sources: readonly ApexSource[]): readonly Problem[];
  /** The same, in place of all classes and triggers that are installed. */
  replace(sources: readonly ApexSource[]): readonly Problem[];
  /** What is wrong with Apex, were the org's objects others than they are; nothing is installed. */
  check(sources: readonly ApexSource[], schema: Schema): CheckedApex;
  /** What brings back the classes and triggers of now. */
  checkpoint(): () => void;
  /** The triggers of this transaction. */
  triggers(tx: Transaction): TriggerPort;
  /** Runs an Apex REST method inside `tx`. An exception that leaves the method is thrown as `ApexRestFailure` after the caller must roll back. */
  rest(call: RestCall, tx: Transaction): RestAnswer;
  /**
   * Calls the invocable method of a class inside `tx`. An exception that leaves it is an `ApexRestFailure`: the caller must
   * roll back. @throws InvalidAction for a class, user or input that it cannot be called with
   */
  invoke(className: string, inputs: readonly ActionInput[], tx: Transaction): ActionOutput[];
  runTests(options: TestOptions): TestReport;
  /** `Class.method` of every test that there is. */
  testMethods(): readonly string[];
  /** Runs a static method without parameters, as anonymous Apex would; an exception that leaves it is reported, not thrown. */
  runStatic(className: string, method: string, tx: Transaction): StaticRun;
  /** Compiles a block of anonymous Apex and runs it inside `tx`. Where it does not succeed the caller must roll back. */
  runAnonymous(source: string, tx: Transaction): AnonymousRun;
  classNames(): readonly string[];
  /** Whether a component can call a method, by the names with which it imports it, and if not, why. */
  remoteMethod(className: string, method: string): 'callable' | 'no class' | 'no method' | 'not enabled';
}
