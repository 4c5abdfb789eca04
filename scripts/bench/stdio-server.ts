import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How a host would start a server. Nothing of this process's environment is handed on, proxies least of all. */
export interface Command {
  /** Arguments of this Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const Message = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});
type Message = z.infer<typeof Message>;

/** An answer that takes longer is none. */
const patienceMs = 60_000;
const keptLog = 2_000;

/**
 * An MCP server behind stdio, driven by bare JSON-RPC lines: an MCP client would add its own time. Counts from before the process
 * is started until `initialize` is answered.
 */
export class StdioServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, { resolve: (message: Message) => void; reject: (reason: Error) => void }>();
  readonly #exited: Promise<unknown>;
  #buffer = '';
  #log = '';
  #lastId = 0;

  private constructor({ args, env, cwd }: Command) {
    this.#process = spawn(process.execPath, args, { env, ...(cwd === undefined ? {} : { cwd }) });
    this.#exited = once(this.#process, 'close');
    this.#process.stdout.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
    this.#process.stderr.setEncoding('utf8').on('data', (chunk: string) => (this.#log = (this.#log + chunk).slice(-keptLog)));
    this.#process.on('error', (error) => this.#fail(error.message));
    this.#process.on('exit', (code, signal) => this.#fail(`it ended (${signal ?? `exit ${code}`})`));
    // What is written to a process that has just ended is told by its end.
    this.#process.stdin.on('error', () => undefined);
  }

  /** @returns the initialized server, and milliseconds from spawn to its answer. */
  static async start(command: Command): Promise<{ server: StdioServer; startMs: number }> {
    const started = performance.now();
    const server = new StdioServer(command);
    try {
      await server.request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'revops-bench', version: '1.0.0' },
      });
      const startMs = performance.now() - started;
      server.#write({ method: 'notifications/initialized' });
      return { server, startMs };
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** @throws Error with the end of the server's log, where it refuses, ends or stays silent. */
  async request(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Message>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const timer = setTimeout(() => this.#fail(`no answer to ${method} within ${patienceMs / 1000} s`), patienceMs);
    try {
      this.#write({ id, method, params });
      const { result, error } = await answered;
      if (error || !result) throw new Error(`${method} was refused: ${error?.message ?? 'no result'}`);
      return result;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Resident memory in MB (10⁶ bytes); undefined where the system has no `ps`. */
  residentMb(): number | undefined {
    const { pid } = this.#process;
    if (pid === undefined || process.platform === 'win32') return undefined;
    const kib =
      process.platform === 'linux'
        ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return kib === undefined ? undefined : (Number(kib) * 1024) / 1_000_000;
  }

  async close(): Promise<void> {
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(timer);
  }

  #write(message: Record<string, unknown>): void {
    this.#process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #read(chunk: string): void {
    const lines = (this.#buffer + chunk).split('\n');
    this.#buffer = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.#receive(line);
  }

  #receive(line: string): void {
    let message: Message;
    try {
      message = Message.parse(JSON.parse(line));
    } catch {
      this.#fail(`it wrote to stdout what is not JSON-RPC: ${line.slice(0, 200)}`);
      return;
    }
    const { id, method } = message;
    if (method !== undefined && id !== undefined) this.#write({ id, error: { code: -32601, message: `${method} is not offered` } });
    else if (typeof id === 'number') this.#waiting.get(id)?.resolve(message);
  }

  #fail(reason: string): void {
    const log = this.#log.trim();
    const error = new Error(log === '' ? reason : `${reason}; its log ends: ${log}`);
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
