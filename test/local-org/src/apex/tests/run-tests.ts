import { LimitExceeded } from '../../transaction/types.ts';
import { NotSupported } from '../../errors.ts';
import type { Store } from '../../store/types.ts';
import type { ApexHost, ClassCoverage, TestMethodResult, TestOptions, TestReport } from '../engine-types.ts';
import type { Program } from '../check/program.ts';
import type { ClassSymbol, MethodSymbol, SourceUnit } from '../check/symbols.ts';
import { ApexThrow, describe, limitText } from '../run/apex-throw.ts';
import { enterRequest } from '../platform/System/Request.ts';
import { Interpreter } from '../run/interpreter.ts';

/**
 * Runs Apex tests, each in a transaction of its own that is rolled back, on a database with set-up records only.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_testing_unit_tests.htm
 */
export function runTests(program: Program, host: ApexHost, options: TestOptions): TestReport {
  for (const unit of units(program)) unit.hits.clear();
  const wanted = options.classes.map((name) => name.toLowerCase());
  const classes = [...program.classes.values()].filter(
    (cls) => cls.isTest && (wanted.length === 0 || wanted.includes(cls.name.toLowerCase())),
  );
  const results = classes.flatMap((cls) =>
    runClass(
      cls,
      program,
      host,
      options.methods.map((name) => name.toLowerCase()),
    ),
  );
  return { results, coverage: coverage(program) };
}

function runClass(cls: ClassSymbol, program: Program, host: ApexHost, wanted: readonly string[]): TestMethodResult[] {
  const methods = [...cls.methods.values()].flat();
  const setups = methods.filter((method) => method.hasAnnotation('testsetup'));
  const tests = methods.filter((method) => isTestMethod(method) && (wanted.length === 0 || isWanted(cls, method, wanted)));
  if (tests.length === 0) return [];
  const store = host.openTestStore();
  try {
    for (const setup of setups) {
      const failed = runMethod(setup, store, program, host, false);
      if (failed.outcome !== 'Pass') return tests.map((test) => ({ ...failed, methodName: test.name }));
    }
    return tests.map((test) => runMethod(test, store, program, host, true));
  } finally {
    store.close();
  }
}

/** `Class.method` of every test. */
export function testMethods(program: Program): string[] {
  const classes = [...program.classes.values()].filter((cls) => cls.isTest);
  return classes.flatMap((cls) => [...cls.methods.values()].flat().filter(isTestMethod).map(({ name }) => `${cls.name}.${name}`)); // prettier-ignore
}

function isTestMethod(method: MethodSymbol): boolean {
  return method.hasAnnotation('istest') || method.decl.modifiers.words.has('testmethod');
}

function isWanted(cls: ClassSymbol, method: MethodSymbol, wanted: readonly string[]): boolean {
  const name = method.name.toLowerCase();
  return wanted.includes(name) || wanted.includes(`${cls.name.toLowerCase()}.${name}`);
}

/** Thrown to leave a store transaction without keeping anything. */
class RollBack extends Error {}

function runMethod(method: MethodSymbol, store: Store, program: Program, host: ApexHost, rollBack: boolean): TestMethodResult {
  const started = performance.now();
  let failure: { message: string; stackTrace: string | null } | null = null;
  try {
    store.transaction(() => {
      const rt = new Interpreter(program, host.begin(store, host.testUser()), host);
      rt.state.set('isTest', true);
      enterRequest(rt, 'RUNTEST_SYNC');
      try {
        rt.callMethod(method, null, []);
      } catch (error) {
        failure = failureOf(error, rt);
        throw new RollBack();
      }
      if (rollBack) throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  const problem = failure as { message: string; stackTrace: string | null } | null;
  return {
    className: method.owner.name,
    methodName: method.name,
    outcome: problem ? 'Fail' : 'Pass',
    message: problem?.message ?? null,
    stackTrace: problem?.stackTrace ?? null,
    runTimeMs: Math.round(performance.now() - started),
  };
}

/** What a test fails with; a fault of the host itself is not a failing test and passes through. */
function failureOf(error: unknown, rt: Interpreter): { message: string; stackTrace: string | null } {
  if (error instanceof ApexThrow) return { message: describe(error.value), stackTrace: error.value.exception?.stack ?? null };
  if (error instanceof LimitExceeded) return { message: limitText(error), stackTrace: rt.stackTrace() };
  if (error instanceof NotSupported) return { message: error.message, stackTrace: rt.stackTrace() };
  throw error;
}

function units(program: Program): SourceUnit[] {
  return [...[...program.classes.values()].map((cls) => cls.unit), ...program.triggers.map((trigger) => trigger.unit)];
}

function coverage(program: Program): ClassCoverage[] {
  return units(program)
    .filter((unit) => !unit.isTest && unit.executable.size > 0)
    .map((unit) => {
      const lines = [...unit.executable].sort((a, b) => a - b);
      return {
        name: unit.name,
        file: unit.file,
        covered: lines.filter((line) => unit.hits.has(line)),
        uncovered: lines.filter((line) => !unit.hits.has(line)),
      };
    });
}
