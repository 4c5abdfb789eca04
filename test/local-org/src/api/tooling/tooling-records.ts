import type { ClassCoverage, TestMethodResult, TestReport } from '../../apex/engine-types.ts';
import type { ApexComponent } from '../../metadata/package.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ObjectDef, Schema, Value } from '../../schema/types.ts';
import { compileQuery } from '../../soql/compile.ts';
import { parseSoql } from '../../soql/parse.ts';
import { runQuery } from '../../soql/run-query.ts';
import type { QueryResult, SoqlQuery } from '../../soql/types.ts';
import { createStore } from '../../store/create-store.ts';
import type { Store } from '../../store/types.ts';
import { beginTransaction } from '../../transaction/begin-transaction.ts';
import type { RunningUser } from '../../transaction/types.ts';
import type { ComponentIds } from '../metadata/component-ids.ts';
import { percentCovered } from '../metadata/deploy-tests.ts';
import { toolingSchema } from './tooling-schema.ts';

/** Everything may be read: who may call the Tooling API at all is asked before. */
const ALL = { permissions: false, sharing: false } as const;

/** The records of the Tooling API: classes as deployed, and what test runs leave. In a database of their own. */
export class ToolingRecords {
  readonly #org: LocalOrg;
  /** Of classes and triggers too. */
  readonly ids: ComponentIds;
  readonly #schema: Schema = toolingSchema();
  readonly #store: Store = createStore();

  constructor(org: LocalOrg, ids: ComponentIds) {
    this.#org = org;
    this.ids = ids;
    for (const object of this.#schema.objects()) this.#store.define(object);
  }

  /** @throws SoqlError; NotSupported for an object or field of the Tooling API that the local org has not learned */
  query(soql: string, user: RunningUser): { readonly query: SoqlQuery; readonly result: QueryResult } {
    const { now, id: orgId } = this.#org;
    this.#refreshCode();
    const compiled = compileQuery(parseSoql(soql), this.#schema, 'rest', this.#org.formulas);
    return this.#store.transaction(() => {
      const uuid = (): string => this.ids.next('0tx');
      const tx = beginTransaction({ schema: this.#schema, store: this.#store, user, now, orgId, uuid });
      return { query: compiled.query, result: runQuery(compiled, tx, [], ALL) };
    });
  }

  /** Keeps what a test run found; answers the id of its job. */
  addTestRun(report: TestReport, source: { readonly user: RunningUser; readonly startedAt: number; readonly isAll: boolean }): string {
    const jobId = this.ids.next('707');
    const classes = [...new Set(report.results.map(({ className }) => className))];
    const runId = this.ids.next('05m');
    const time = report.results.reduce((sum, { runTimeMs }) => sum + runTimeMs, 0);
    const failed = report.results.filter(({ outcome }) => outcome !== 'Pass').length;
    this.#store.transaction(() => {
      this.#insert('ApexTestRunResult', {
        Id: runId,
        AsyncApexJobId: jobId,
        UserId: source.user.id,
        IsAllTests: source.isAll,
        Source: 'API',
        StartTime: source.startedAt,
        EndTime: this.#org.now(),
        TestTime: time,
        TestSetupTime: 0,
        Status: 'Completed',
        ClassesEnqueued: classes.length,
        ClassesCompleted: classes.length,
        MethodsEnqueued: report.results.length,
        MethodsCompleted: report.results.length,
        MethodsFailed: failed,
      });
      for (const name of classes) {
        const itemId = this.ids.next('709');
        const classId = this.ids.of('ApexClass', name);
        const status = { ApexClassId: classId, Status: 'Completed', ParentJobId: jobId, TestRunResultId: runId };
        this.#insert('ApexTestQueueItem', { Id: itemId, ...status });
        for (const result of report.results.filter(({ className }) => className === name))
          this.#addResult(result, { itemId, jobId, runId, classId });
      }
      this.#replaceCoverage(report.coverage);
    });
    return jobId;
  }

  #addResult(
    result: TestMethodResult,
    of: { readonly itemId: string; readonly jobId: string; readonly runId: string; readonly classId: string },
  ): void {
    this.#insert('ApexTestResult', {
      Id: this.ids.next('07M'),
      QueueItemId: of.itemId,
      AsyncApexJobId: of.jobId,
      ApexTestRunResultId: of.runId,
      ApexClassId: of.classId,
      MethodName: result.methodName,
      Outcome: result.outcome,
      Message: result.message,
      StackTrace: result.stackTrace,
      RunTime: result.runTimeMs,
      TestTimestamp: this.#org.now(),
      IsTestSetup: false,
    });
  }

  /** The org keeps the coverage of its latest run. */
  #replaceCoverage(coverage: readonly ClassCoverage[]): void {
    for (const name of ['ApexCodeCoverageAggregate', 'ApexOrgWideCoverage']) this.#clear(name);
    for (const one of coverage) {
      const type = one.file.endsWith('.trigger') ? 'ApexTrigger' : 'ApexClass';
      this.#insert('ApexCodeCoverageAggregate', {
        Id: this.ids.next('715'),
        ApexClassOrTriggerId: this.ids.of(type, one.name),
        NumLinesCovered: one.covered.length,
        NumLinesUncovered: one.uncovered.length,
        Coverage: JSON.stringify({ coveredLines: one.covered, uncoveredLines: one.uncovered }),
      });
    }
    this.#insert('ApexOrgWideCoverage', { Id: this.ids.next('716'), PercentCovered: percentCovered(coverage) });
  }

  #refreshCode(): void {
    this.#store.transaction(() => {
      for (const name of ['ApexClass', 'ApexTrigger']) this.#clear(name);
      for (const component of this.#org.metadata.apex) this.#insert(component.type, this.#codeRecord(component));
    });
  }

  #codeRecord(component: ApexComponent): Record<string, Value> {
    const now = this.#org.now();
    const by = this.#org.user(this.#org.tokens[0]?.username ?? '').id;
    return {
      Id: this.ids.of(component.type, component.name),
      Name: component.name,
      NamespacePrefix: null,
      ApiVersion: component.apiVersion,
      Status: 'Active',
      Body: component.source,
      LengthWithoutComments: component.source.length,
      CreatedDate: now,
      CreatedById: by,
      LastModifiedDate: now,
      LastModifiedById: by,
      SystemModstamp: now,
    };
  }

  #insert(name: string, values: Record<string, Value>): void {
    this.#store.insert(this.#object(name), new Map(Object.entries(values)));
  }

  #clear(name: string): void {
    const object = this.#object(name);
    for (const [id] of this.#store.select(`SELECT "Id" FROM "${object.name}"`, [])) this.#store.remove(object, String(id));
  }

  #object(name: string): ObjectDef {
    const found = this.#schema.object(name);
    if (found.kind !== 'known') throw new Error(`the Tooling API has no ${name}`);
    return found.def;
  }
}
