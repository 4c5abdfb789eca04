import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { ConfigProblem } from '../config.ts';
import { ContractError } from '../errors.ts';
import { argumentsHash } from '../observability/arguments-hash.ts';
import type { Logger } from '../observability/logger.ts';
import { packageName } from '../package-info.ts';
import type { Runtime } from '../runtime.ts';
import { toContractError } from '../salesforce/error-mapper.ts';
import type { Tool, ToolContext } from '../tools/tool.ts';
import type { Approval } from '../writes/approval.ts';
import { Deadline } from './deadline.ts';
import { describeInvalidArguments, sayInvalid } from './describe-invalid.ts';

export type Setup = { ok: true; runtime: Runtime } | { ok: false; problems: readonly ConfigProblem[] };

export interface CallOptions {
  signal: AbortSignal;
  /** Name and version of the MCP client. */
  client: string;
  /** Asks the person at the client; absent where the client cannot. */
  askPerson?: ((question: string, signal: AbortSignal) => Promise<Approval>) | undefined;
}

export type CallOutcome = { ok: true; structured: Record<string, unknown> } | { ok: false; error: ContractError };

interface DispatcherOptions {
  tools: readonly Tool[];
  setup: Setup;
  logger: Logger;
  /** Default: the configured limit. */
  timeLimitMs?: number;
  now?: () => number;
  /** Runs once, beside the first call that asks the org for something. */
  onFirstCall?: () => void;
}

interface Schemas {
  input: z.ZodObject;
  output: z.ZodObject;
}

/** After the limit a handler gets this long to end with an error that knows more, such as UNKNOWN_OUTCOME. */
const graceMs = 500;

/** The one way to a tool: arguments checked, time bounded, errors mapped, one log line. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #schemas = new Map<string, Schemas>();
  #running = 0;
  #started = false;
  #idleWaiters: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  }

  has(name: string): boolean {
    return this.#tools.has(name);
  }

  /** Resolves when no call is running. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Never throws. The tool must exist: see `has`. */
  async call(name: string, args: unknown, options: CallOptions): Promise<CallOutcome> {
    const started = this.#now();
    this.#running += 1;
    let outcome: CallOutcome;
    try {
      outcome = { ok: true, structured: await this.#run(name, args, options) };
    } catch (error) {
      outcome = { ok: false, error: this.#toContractError(name, error) };
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idleWaiters.splice(0).forEach((resolve) => resolve());
    }
    const failure = outcome.ok ? undefined : outcome.error;
    this.#options.logger.info('tool_call', {
      tool: name,
      arguments_hash: hashOf(args),
      duration_ms: Math.round(this.#now() - started),
      status: options.signal.aborted ? 'cancelled' : failure ? 'error' : 'ok',
      client: options.client,
      ...(failure ? { code: failure.code, cause: failure.details.cause, request_id: failure.details.request_id } : {}),
    });
    return outcome;
  }

  async #run(name: string, args: unknown, options: CallOptions): Promise<Record<string, unknown>> {
    const tool = this.#tools.get(name);
    if (!tool) throw new Error(`no such tool: ${name}`);
    const { setup } = this.#options;
    if (!setup.ok) throw notConfigured(setup.problems);
    const schemas = this.#schemasOf(tool);
    const parsed = parseArguments(tool.name, schemas.input, args);
    const limit = this.#options.timeLimitMs ?? setup.runtime.config.timeLimitMs;
    const deadline = new Deadline(limit, options.signal);
    const { askPerson } = options;
    const context: ToolContext = {
      ...setup.runtime,
      signal: deadline.signal,
      client: options.client,
      ...(askPerson ? { askPerson: (question) => deadline.pausedFor(() => askPerson(question, options.signal)) } : {}),
    };
    try {
      // The tool's own schema has just parsed the arguments, which is what `never` asks for.
      if (parsed['dry_run'] === true) return await untilAborted(dryRun(tool, parsed as never, context), deadline);
      if (tool.alwaysAdmitted !== true) this.#admit(context);
      const result = schemas.output.parse(await untilAborted(tool.handler(parsed as never, context), deadline));
      return withWarning(result, context.budget.warning());
    } finally {
      deadline.end();
    }
  }

  #admit({ budget }: ToolContext): void {
    budget.admit();
    if (this.#started) return;
    this.#started = true;
    this.#options.onFirstCall?.();
  }

  #schemasOf(tool: Tool): Schemas {
    const kept = this.#schemas.get(tool.name) ?? { input: tool.input(), output: tool.output() };
    this.#schemas.set(tool.name, kept);
    return kept;
  }

  #toContractError(tool: string, error: unknown): ContractError {
    const mapped = toContractError(error);
    if (mapped instanceof ContractError) return mapped;
    this.#options.logger.error('tool_defect', { tool, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    if (isMissingModule(error)) {
      return new ContractError(
        'SF_API_ERROR',
        `The files of ${packageName} were replaced or removed while it ran. Restart it: quit and start the MCP client.`,
        { cause: 'RESTART_NEEDED' },
        { cause: error },
      );
    }
    return new ContractError(
      'SF_API_ERROR',
      `${packageName} failed unexpectedly. Its log on stderr has the reason; please report it.`,
      { cause: 'INTERNAL' },
      { cause: error },
    );
  }

  #now(): number {
    return (this.#options.now ?? performance.now.bind(performance))();
  }
}

/** Arguments nested deeper than the stack reaches have no hash; the call has been refused for its shape by then. */
function hashOf(args: unknown): string | undefined {
  try {
    return argumentsHash(args);
  } catch {
    return undefined;
  }
}

async function dryRun(tool: Tool, args: never, context: ToolContext): Promise<Record<string, unknown>> {
  return { meta: { dry_run: await tool.plan(args, context) } };
}

/** The exact shape has been checked before; `meta` belongs to every result. */
function withWarning(result: Record<string, unknown>, warning: string | undefined): Record<string, unknown> {
  if (warning === undefined) return result;
  const meta = (result['meta'] ?? {}) as { warnings?: string[] };
  return { ...result, meta: { ...meta, warnings: [...(meta.warnings ?? []), warning] } };
}

/** Parts of the server are loaded when they are first needed. */
function isMissingModule(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function parseArguments(tool: string, schema: z.ZodObject, args: unknown): Record<string, unknown> {
  const parsed = schema.safeParse(withoutAbsent(args ?? {}, schema), { reportInput: true, error: sayInvalid });
  if (!parsed.success) throw describeInvalidArguments(tool, parsed.error, Object.keys(schema.shape));
  return parsed.data;
}

/** Many models write `null` for an optional argument that they leave out. */
function withoutAbsent(args: unknown, schema: z.ZodObject): unknown {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return args;
  const isAbsent = ([name, value]: [string, unknown]): boolean => {
    const field = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
    return value === null && field !== undefined && z.safeParse(field, undefined).success;
  };
  return Object.fromEntries(Object.entries(args).filter((entry) => !isAbsent(entry)));
}

function notConfigured(problems: readonly ConfigProblem[]): ContractError {
  const code = problems.find((problem) => problem.code === 'AUTH_ERROR')?.code ?? 'INVALID_INPUT';
  return new ContractError(
    code,
    `The server is not configured. ${problems.map((problem) => problem.message).join(' ')} Then restart the server.`,
    {
      cause: 'CONFIGURATION',
      variables: problems.map((problem) => problem.variable),
    },
  );
}

/** Ends with the signal even where the work does not; the work's own end is preferred if it comes within the grace. */
async function untilAborted<Result>(work: Promise<Result>, { signal, limitMs }: Deadline): Promise<Result> {
  const settled = new AbortController();
  const abandoned = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => {
      delay(graceMs, undefined, { signal: settled.signal }).then(
        () => reject(abandonError(signal, limitMs)),
        () => undefined, // the work ended first
      );
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, abandoned]);
  } catch (error) {
    // Work that passes the signal's own reason on knows no more than that the call is over.
    throw signal.aborted && error === signal.reason ? abandonError(signal, limitMs) : error;
  } finally {
    settled.abort();
  }
}

function abandonError(signal: AbortSignal, limitMs: number): ContractError {
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return timedOut
    ? new ContractError(
        'SF_API_ERROR',
        `The call took longer than ${limitMs / 1000} s. Ask for less, try again later, or raise REVOPS_TIME_LIMIT_SECONDS.`,
        {
          cause: 'TIMEOUT',
          retryable: true,
        },
      )
    : new ContractError('SF_API_ERROR', 'The call was cancelled.', { cause: 'CANCELLED', retryable: true });
}
