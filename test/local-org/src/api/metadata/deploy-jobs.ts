import { DeployFailed, type Problem } from '../../errors.ts';
import type { DeployRequest, DeployResult, LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import type { ComponentIds } from './component-ids.ts';
import type { DeployApiOptions } from './deploy-options.ts';
import { failureMessage, missingMessage, runTestResult, successMessage, type DeployMessage } from './deploy-result.ts';
import { runDeployTests, UnknownTests, type DeployTestRun } from './deploy-tests.ts';
import { readDeployZip } from './deploy-zip.ts';

/** A validation can be deployed without its tests for this long. */
const QUICK_DEPLOY_DAYS = 10;
const DAY = 86_400_000;

/** A deploy that has ended; it ran whole when it was asked for. */
export interface DeployJob {
  readonly id: string;
  readonly options: DeployApiOptions;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly user: RunningUser;
  readonly successes: readonly DeployMessage[];
  readonly failures: readonly DeployMessage[];
  readonly tests: DeployTestRun | null;
  readonly succeeded: boolean;
  /** What a quick deploy would bring; null where this was no validation with tests that succeeded. */
  readonly validated: DeployRequest | null;
  /** How many more polls are answered as if it still ran. */
  pending: number;
}

/** Undoes a deploy whose tests failed. */
class TestsFailed extends Error {
  readonly run: DeployTestRun;
  readonly result: DeployResult;

  constructor(run: DeployTestRun, result: DeployResult) {
    super('the tests of the deploy failed');
    this.run = run;
    this.result = result;
  }
}

/** The deploys of one org. Their ids, and those of components, last as long as the org. */
export class DeployJobs {
  /** How many polls of the next deploys are answered `InProgress`: for tests of clients. */
  pendingPolls = 0;
  readonly #org: LocalOrg;
  readonly #ids: ComponentIds;
  readonly #jobs = new Map<string, DeployJob>();
  /** Validations since the last deploy: a deploy voids those before it. */
  #validations: DeployJob[] = [];

  constructor(org: LocalOrg, ids: ComponentIds) {
    this.#org = org;
    this.#ids = ids;
  }

  find(id: string): DeployJob | undefined {
    return this.#jobs.get(id.slice(0, 15));
  }

  /** Deploys a zip. What is wrong with it is told by the job, never thrown. */
  deploy(zip: Uint8Array, options: DeployApiOptions, user: RunningUser): DeployJob {
    return this.#run(() => readDeployZip(zip, options.singlePackage), options, user);
  }

  /**
   * Deploys what a validation checked, without running its tests again; null where it cannot be.
   * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployrecentvalidation.htm
   */
  quickDeploy(validationId: string, user: RunningUser): DeployJob | null {
    const validation = this.#validations.find(({ id }) => id.slice(0, 15) === validationId.slice(0, 15));
    const { validated } = validation ?? { validated: null };
    if (!validation || !validated || this.#org.now() - validation.endedAt > QUICK_DEPLOY_DAYS * DAY) return null;
    const options: DeployApiOptions = { ...validation.options, checkOnly: false, testLevel: 'NoTestRun', runTests: [] };
    return this.#run(() => validated, options, user);
  }

  #run(read: () => DeployRequest, options: DeployApiOptions, user: RunningUser): DeployJob {
    const startedAt = this.#org.now();
    const outcome = this.#attempt(read, options);
    const id = this.#ids.next('0Af');
    const job: DeployJob = { id, options, startedAt, endedAt: this.#org.now(), user, pending: this.pendingPolls, ...outcome };
    this.#jobs.set(id.slice(0, 15), job);
    if (job.validated) this.#validations.push(job);
    else if (job.succeeded && !options.checkOnly) this.#validations = [];
    return job;
  }

  #attempt(
    read: () => DeployRequest,
    options: DeployApiOptions,
  ): Pick<DeployJob, 'successes' | 'failures' | 'tests' | 'succeeded' | 'validated'> {
    const now = this.#org.now();
    const told = ({ components, missing }: DeployResult): DeployMessage[] => [
      ...components.map((component) => successMessage(component, this.#ids, now)),
      ...missing.map((deletion) => missingMessage(deletion, now)),
    ];
    const failed = (failures: readonly DeployMessage[]) => ({ successes: [], failures, tests: null, succeeded: false, validated: null });
    try {
      const request = read();
      let tests: DeployTestRun | null = null;
      const apex = request.package.apex.map(({ name }) => name);
      const result = this.#org.deployPackage(request, {
        checkOnly: options.checkOnly,
        verify: (so) => {
          tests = runDeployTests(options, apex, this.#org);
          if (tests && !tests.passed) throw new TestsFailed(tests, so);
        },
      });
      const validated = options.checkOnly && tests ? request : null;
      return { successes: told(result), failures: [], tests, succeeded: true, validated };
    } catch (error) {
      if (error instanceof TestsFailed) {
        return { successes: told(error.result), failures: [], tests: error.run, succeeded: false, validated: null };
      }
      if (error instanceof UnknownTests) return failed(error.names.map((name) => failureMessage(unknownTest(name), [], now)));
      if (!(error instanceof DeployFailed)) throw error;
      return failed(error.problems.map((problem) => failureMessage(problem, error.components, now)));
    }
  }
}

function unknownTest(name: string): Problem {
  return {
    message: `There is no test class ${name}, neither in the org nor in the deploy`,
    location: { file: `classes/${name}.cls`, line: 1, column: 1 },
  };
}

/**
 * The answer to a poll.
 * @param includeDetails whether each component is told, and not only how many there are
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm
 */
export function deployResult(job: DeployJob, includeDetails: boolean, ids: ComponentIds) {
  const done = job.pending <= 0;
  if (!done) job.pending -= 1;
  const testCount = job.tests?.results.length ?? 0;
  const testErrors = job.tests?.results.filter(({ outcome }) => outcome !== 'Pass').length ?? 0;
  const total = job.successes.length + job.failures.length;
  const isTested = job.options.testLevel !== 'NoTestRun';
  return {
    checkOnly: job.options.checkOnly,
    ...(done ? { completedDate: new Date(job.endedAt).toISOString() } : {}),
    createdBy: job.user.id,
    createdByName: job.user.name,
    createdDate: new Date(job.startedAt).toISOString(),
    ...(includeDetails
      ? {
          details: {
            componentFailures: done ? job.failures : [],
            componentSuccesses: done ? job.successes : [],
            runTestResult: runTestResult(done ? job.tests : null, ids),
          },
        }
      : {}),
    done,
    id: job.id,
    ignoreWarnings: job.options.ignoreWarnings,
    lastModifiedDate: new Date(job.endedAt).toISOString(),
    numberComponentErrors: job.failures.length,
    numberComponentsDeployed: done ? job.successes.length : 0,
    numberComponentsTotal: total,
    numberTestErrors: done ? testErrors : 0,
    numberTestsCompleted: done ? testCount - testErrors : 0,
    numberTestsTotal: testCount,
    rollbackOnError: job.options.rollbackOnError,
    runTestsEnabled: isTested,
    startDate: new Date(job.startedAt).toISOString(),
    status: done ? (job.succeeded ? 'Succeeded' : 'Failed') : 'InProgress',
    success: done && job.succeeded,
  };
}
