import type {
  AnonymousRun,
  ApexEngine,
  ApexHost,
  ApexSource,
  CheckedApex,
  RestAnswer,
  RestCall,
  StaticRun,
  TestOptions,
  TestReport,
} from './engine-types.ts';
import type { Problem } from '../errors.ts';
import type { TriggerPort } from '../dml/types.ts';
import type { Schema } from '../schema/types.ts';
import { LimitExceeded } from '../transaction/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { checkAnonymous } from './check/anonymous.ts';
import { remoteMethod } from './check/aura-rules.ts';
import { buildProgram } from './check/build-program.ts';
import { Program } from './check/program.ts';
import { platformClasses } from './platform/index.ts';
import { enterRequest, type Quiddity } from './platform/System/Request.ts';
import { PlatformRegistry } from './platform/registry.ts';
import { ApexThrow, describe, limitText } from './run/apex-throw.ts';
import { Interpreter } from './run/interpreter.ts';
import { callInvocable, type ActionInput, type ActionOutput } from './run/invocable.ts';
import { callRest } from './run/rest.ts';
import { runTests, testMethods } from './tests/run-tests.ts';

/** An exception left an Apex REST method: the caller rolls back and answers 500 APEX_ERROR. */
export class ApexRestFailure extends Error {
  readonly stackTrace: string;

  constructor(message: string, stackTrace: string) {
    super(message);
    this.name = 'ApexRestFailure';
    this.stackTrace = stackTrace;
  }
}

class Engine implements ApexEngine {
  private readonly host: ApexHost;
  private readonly registry = new PlatformRegistry(platformClasses);
  private sources: ReadonlyMap<string, ApexSource> = new Map();
  private current: Program;

  constructor(host: ApexHost) {
    this.host = host;
    this.current = new Program(host.schema, this.registry);
  }

  deploy(sources: readonly ApexSource[]): readonly Problem[] {
    const next = new Map(this.sources);
    for (const source of sources) next.set(keyOf(source), source);
    return this.replace([...next.values()]);
  }

  replace(sources: readonly ApexSource[]): readonly Problem[] {
    const program = buildProgram(sources, this.host.schema, this.registry);
    if (program.problems.length > 0) return program.problems;
    this.sources = new Map(sources.map((source) => [keyOf(source), source]));
    this.current = program;
    return [];
  }

  check(sources: readonly ApexSource[], schema: Schema): CheckedApex {
    const program = buildProgram(sources, schema, this.registry);
    return { problems: program.problems, remoteMethod: (className, method) => remoteMethod(program, className, method) };
  }

  checkpoint(): () => void {
    const [sources, program] = [this.sources, this.current];
    return () => void ([this.sources, this.current] = [sources, program]);
  }

  get program(): Program {
    return this.current;
  }

  triggers(tx: Transaction): TriggerPort {
    return this.interpreter(tx).triggers;
  }

  /** A transaction of guest code, for whoever runs some of it from outside (a corpus program). */
  interpreter(tx: Transaction): Interpreter {
    return new Interpreter(this.current, tx, this.host);
  }

  rest(call: RestCall, tx: Transaction): RestAnswer {
    return this.entered('REST', tx, (rt) => callRest(rt, call));
  }

  invoke(className: string, inputs: readonly ActionInput[], tx: Transaction): ActionOutput[] {
    return this.entered('INVOCABLE_ACTION', tx, (rt) => callInvocable(rt, className, inputs));
  }

  /** Runs guest code for a request. */
  private entered<R>(quiddity: Quiddity, tx: Transaction, work: (rt: Interpreter) => R): R {
    const rt = this.interpreter(tx);
    enterRequest(rt, quiddity);
    try {
      return work(rt);
    } catch (error) {
      if (error instanceof ApexThrow) throw new ApexRestFailure(describe(error.value), error.value.exception?.stack ?? '');
      if (error instanceof LimitExceeded) throw new ApexRestFailure(limitText(error), rt.stackTrace());
      throw error;
    }
  }

  runTests(options: TestOptions): TestReport {
    return runTests(this.current, this.host, options);
  }

  testMethods(): readonly string[] {
    return testMethods(this.current);
  }

  runStatic(className: string, method: string, tx: Transaction): StaticRun {
    const symbol = this.current
      .classNamed(className)
      ?.methods.get(method.toLowerCase())
      ?.find((one) => one.isStatic && one.params.length === 0);
    if (!symbol) throw new Error(`There is no static method ${className}.${method}() to run`);
    const rt = this.interpreter(tx);
    enterRequest(rt, 'ANONYMOUS');
    const outcome = (exception: string | null): StaticRun => ({
      debug: rt.debugLines.map(({ text }) => text.slice(text.indexOf('|') + 1)),
      exception,
    });
    try {
      rt.callMethod(symbol, null, []);
      return outcome(null);
    } catch (error) {
      if (error instanceof ApexThrow) return outcome(describe(error.value));
      if (error instanceof LimitExceeded) return outcome(limitText(error));
      throw error;
    }
  }

  runAnonymous(source: string, tx: Transaction): AnonymousRun {
    const { routine, problem } = checkAnonymous(source, this.current);
    if (problem) return { outcome: 'refused', problem };
    const rt = this.interpreter(tx);
    enterRequest(rt, 'ANONYMOUS');
    const failed = (message: string, stackTrace: string): AnonymousRun => ({
      outcome: 'failed',
      message,
      stackTrace,
      debug: rt.debugLines,
    });
    try {
      rt.runRoutine(routine, null, []);
      return { outcome: 'succeeded', debug: rt.debugLines };
    } catch (error) {
      if (error instanceof ApexThrow) return failed(describe(error.value), error.value.exception?.stack ?? '');
      if (error instanceof LimitExceeded) return failed(limitText(error), rt.stackTrace());
      throw error;
    }
  }

  remoteMethod(className: string, method: string): ReturnType<ApexEngine['remoteMethod']> {
    return remoteMethod(this.current, className, method);
  }

  classNames(): readonly string[] {
    return [...this.current.classes.values()].map((cls) => cls.name);
  }
}

function keyOf({ kind, name }: ApexSource): string {
  return `${kind}:${name.toLowerCase()}`;
}

export type { Engine };

/** The Apex of one org: nothing deployed yet. */
export function createApexEngine(host: ApexHost): Engine {
  return new Engine(host);
}
