import type { DeployedPlace, Problem } from '../../errors.ts';
import type { DeployedComponent, Deletion } from '../../org-types.ts';
import type { ComponentIds } from './component-ids.ts';
import type { DeployTestRun } from './deploy-tests.ts';
import { typeOfFile } from '../../metadata/type-of-file.ts';

/**
 * One component of a deploy, as both protocols answer it.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm
 */
export type DeployMessage = {
  readonly changed: boolean;
  readonly columnNumber?: number;
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
};

export function successMessage(component: DeployedComponent, ids: ComponentIds, now: number): DeployMessage {
  const { type, name, file, state } = component;
  return {
    changed: state === 'changed' || state === 'created',
    componentType: type,
    created: state === 'created',
    createdDate: new Date(now).toISOString(),
    deleted: state === 'deleted',
    fileName: file,
    fullName: name,
    id: ids.of(type, name),
    success: true,
  };
}

/** A deletion of what is not there is a success with a warning. */
export function missingMessage({ type, name, at }: Deletion, now: number): DeployMessage {
  return {
    changed: false,
    componentType: type,
    created: false,
    createdDate: new Date(now).toISOString(),
    deleted: false,
    fileName: at.file,
    fullName: name,
    problem: `No ${type} named: ${name} found`,
    problemType: 'Warning',
    success: true,
  };
}

/** @param components what the deploy holds, as far as it could be read: the nearest one above the problem in its file is meant */
export function failureMessage({ message, location }: Problem, components: readonly DeployedPlace[], now: number): DeployMessage {
  const { type, name } = nearest(location, components) ?? typeOfFile(location.file);
  return {
    changed: false,
    columnNumber: location.column,
    componentType: type,
    created: false,
    createdDate: new Date(now).toISOString(),
    deleted: false,
    fileName: location.file,
    fullName: name,
    lineNumber: location.line,
    problem: message,
    problemType: 'Error',
    success: false,
  };
}

function nearest({ file, line }: Problem['location'], components: readonly DeployedPlace[]): DeployedPlace | undefined {
  const inFile = components.filter(({ at, until }) => at.file === file && at.line <= line && line <= (until ?? line));
  return inFile.reduce<DeployedPlace | undefined>((best, one) => (!best || one.at.line >= best.at.line ? one : best), undefined);
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm#runtestsresult */
export function runTestResult(run: DeployTestRun | null, ids: ComponentIds) {
  const results = run?.results ?? [];
  const seconds = (milliseconds: number): number => Math.round(milliseconds);
  const named = (className: string): { id: string; name: string } => ({ id: ids.of('ApexClass', className), name: className });
  return {
    numTestsRun: results.length,
    numFailures: results.filter(({ outcome }) => outcome !== 'Pass').length,
    totalTime: seconds(results.reduce((sum, { runTimeMs }) => sum + runTimeMs, 0)),
    successes: results
      .filter(({ outcome }) => outcome === 'Pass')
      .map((one) => ({
        ...named(one.className),
        methodName: one.methodName,
        namespace: null,
        seeAllData: false,
        time: seconds(one.runTimeMs),
      })),
    failures: results
      .filter(({ outcome }) => outcome !== 'Pass')
      .map((one) => ({
        ...named(one.className),
        message: one.message ?? '',
        methodName: one.methodName,
        namespace: null,
        packageName: one.className,
        seeAllData: false,
        stackTrace: one.stackTrace ?? '',
        time: seconds(one.runTimeMs),
        type: 'Class',
      })),
    codeCoverage: (run?.coverage ?? []).map(({ name, file, covered, uncovered }) => {
      const type = file.endsWith('.trigger') ? 'Trigger' : 'Class';
      return {
        id: ids.of(`Apex${type}`, name),
        locationsNotCovered: uncovered.map((line) => ({ column: 0, line, numExecutions: 0, time: -1 })),
        name,
        namespace: null,
        numLocations: covered.length + uncovered.length,
        numLocationsNotCovered: uncovered.length,
        type,
      };
    }),
    codeCoverageWarnings: (run?.warnings ?? []).map(({ name, message }) => ({
      id: name === '' ? null : ids.of('ApexClass', name),
      message,
      name: name === '' ? null : name,
      namespace: null,
    })),
  };
}
