import type { TestMethodResult } from '../apex/engine-types.ts';
import { DeployFailed, NotSupported } from '../errors.ts';
import { readSourceFormat } from '../metadata/read-package.ts';
import { sourceFiles } from '../metadata/source-files.ts';
import type { LocalOrg } from '../org-types.ts';
import { componentsOfFiles, type SurveyedComponent } from './components-of-files.ts';

/**
 * `named`: the message names what the local org does not have. `follows`: it names a component that was left out before.
 * `compiler`: the platform's words about something that is in the project: a fault of the project or of the local org.
 * `crashed`: neither; always a fault of the local org.
 */
export type RefusalKind = 'named' | 'follows' | 'compiler' | 'crashed';

export interface Refusal {
  readonly component: SurveyedComponent;
  readonly kind: RefusalKind;
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

export interface Survey {
  readonly components: readonly SurveyedComponent[];
  /** Those that the org has in the end. */
  readonly deployed: readonly SurveyedComponent[];
  /** One for each component that was left out, the first found. */
  readonly refusals: readonly Refusal[];
  readonly tests: readonly TestMethodResult[];
  /** Tests that ended in neither a result nor a refusal, with the error. */
  readonly crashedTests: readonly { readonly test: string; readonly error: string }[];
}

const REFUSED = 'Not supported by the local org';

/**
 * Deploys as much of a foreign project as the local org can have: what has problems is left out, then what needs it, until
 * the rest deploys as one. Then runs the Apex tests that are in the rest.
 * @param directories absolute paths of its package directories
 */
export function surveyProject(org: LocalOrg, directories: readonly string[], root: string): Survey {
  const packages = directories.map((directory) => componentsOfFiles(sourceFiles(directory, root)));
  const components = packages.flat();
  const refusals = new Map<SurveyedComponent, Refusal>();
  const rest = (): SurveyedComponent[][] => packages.map((all) => all.filter((each) => !refusals.has(each)));
  for (;;) {
    const found = problemsOf(org, rest());
    if (found === null) break;
    // What is refused by name says more of a component than what the rest of its messages say.
    const byName = [...found.filter(isNamed), ...found.filter((problem) => !isNamed(problem))];
    const news = byName.flatMap((problem) => refusalOf(problem, components, refusals));
    if (news.length === 0) throw new Error(`No component has this problem: ${found.map(({ message }) => message).join('; ')}`);
    for (const refusal of news) if (!refusals.has(refusal.component)) refusals.set(refusal.component, refusal);
  }
  return { components, deployed: rest().flat(), refusals: [...refusals.values()], ...runTests(org) };
}

interface Found {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly crashed: boolean;
}

/** Deploys; null where all went well. */
function problemsOf(org: LocalOrg, packages: readonly (readonly SurveyedComponent[])[]): readonly Found[] | null {
  const outcome = tryDeploy(org, packages);
  if (outcome === null || !(outcome instanceof Error)) return outcome;
  // A crash says nothing of the component: the one without which there is none is it.
  for (const suspect of packages.flat()) {
    const without = tryDeploy(org, packages.map((all) => all.filter((each) => each !== suspect))); // prettier-ignore
    if (!(without instanceof Error)) return [{ message: describe(outcome), file: suspect.files[0]?.file ?? '', line: 1, crashed: true }];
  }
  throw outcome;
}

function tryDeploy(org: LocalOrg, packages: readonly (readonly SurveyedComponent[])[]): readonly Found[] | Error | null {
  try {
    org.deployPackage({ package: readSourceFormat(packages.map((all) => all.flatMap(({ files }) => files))) });
    return null;
  } catch (error) {
    if (error instanceof DeployFailed)
      return error.problems.map(({ message, location }) => ({ message, file: location.file, line: location.line, crashed: false }));
    if (error instanceof NotSupported && error.location)
      return [{ message: error.message, file: error.location.file, line: error.location.line, crashed: false }];
    return error instanceof Error ? error : new Error(String(error));
  }
}

function refusalOf(found: Found, components: readonly SurveyedComponent[], before: ReadonlyMap<SurveyedComponent, Refusal>): Refusal[] {
  const component = components.find(({ files }) => files.some(({ file }) => file === found.file));
  if (!component || before.has(component)) return [];
  const { message, file, line } = found;
  return [{ component, kind: kindOf(found, [...before.keys()]), message, file, line }];
}

function isNamed({ message }: Pick<Found, 'message'>): boolean {
  return message.startsWith(REFUSED);
}

function kindOf({ message, crashed }: Found, leftOut: readonly SurveyedComponent[]): RefusalKind {
  if (crashed) return 'crashed';
  if (isNamed({ message })) return 'named';
  const words = new Set(message.toLowerCase().match(/\w+/g) ?? []);
  return leftOut.some(({ names }) => names.some((name) => words.has(name.toLowerCase()))) ? 'follows' : 'compiler';
}

/** Class by class, and method by method where a class does not end. */
function runTests(org: LocalOrg): Pick<Survey, 'tests' | 'crashedTests'> {
  const tests: TestMethodResult[] = [];
  const crashedTests: { test: string; error: string }[] = [];
  const names = org.engine.testMethods();
  for (const name of new Set(names.map((each) => each.slice(0, each.indexOf('.'))))) {
    try {
      tests.push(...org.runTests({ classes: [name] }).results);
    } catch {
      for (const method of names.filter((each) => each.startsWith(`${name}.`))) {
        try {
          tests.push(...org.runTests({ classes: [name], methods: [method] }).results);
        } catch (error) {
          crashedTests.push({ test: method, error: describe(error) });
        }
      }
    }
  }
  return { tests, crashedTests };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : String(error);
}

/** Whether the local org ended a test because it has not learned something. */
export function isRefused({ message }: TestMethodResult): boolean {
  return message?.includes(REFUSED) ?? false;
}
