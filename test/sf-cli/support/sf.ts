import { execFile, type ExecFileOptions } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** Ends a command or script that hangs; none takes this long, on a busy machine either. */
const TIMEOUT_MS = 300_000;
const MAX_OUTPUT_BYTES = 50_000_000;
const ROOT = resolve(import.meta.dirname, '../../..');
const ENTRY = join(ROOT, 'node_modules/@salesforce/cli/bin/run.js');
const GUARD = pathToFileURL(join(import.meta.dirname, 'loopback-only.mjs')).href;

/** What a command prints with `--json`; `result` on success, `name` and `message` on failure, sometimes both. */
const envelope = z.looseObject({
  status: z.number(),
  result: z.unknown().optional(),
  name: z.string().optional(),
  message: z.string().optional(),
  warnings: z.array(z.string()).optional(),
});

/** How a command ended. */
export interface SfAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command with `--json` ended. */
export type SfJson = z.infer<typeof envelope> & { readonly exitCode: number };

/** The unmodified CLI with a home of its own: whatever the person at this machine is logged in to, it does not see. */
export class Sf {
  readonly #home: string;
  readonly #project: string;

  /**
   * @param home an existing folder: logins, settings and caches
   * @param project an existing folder: where commands run
   */
  constructor(home: string, project: string) {
    this.#home = home;
    this.#project = project;
  }

  /**
   * Runs a command and answers how it ended, whatever its exit code.
   * @param env what this command finds in its environment besides
   * @throws where it does not end within five minutes, or tries to leave this machine
   */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<SfAnswer> {
    return this.#guarded([ENTRY, ...args], this.#project, env);
  }

  /** Runs a script of the repository, as `npm run <verb>` would, in the environment of the commands. Else as `run`. */
  script(verb: string, args: readonly string[]): Promise<SfAnswer> {
    return this.#guarded([join(ROOT, 'scripts', 'run.mjs'), verb, ...args], ROOT, {});
  }

  /** The same with `--json`, parsed. @throws where what it prints is no JSON */
  async json(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<SfJson> {
    const { exitCode, stdout, stderr } = await this.run([...args, '--json'], env);
    try {
      return { ...envelope.parse(JSON.parse(stdout)), exitCode };
    } catch {
      throw new Error(`sf ${args.join(' ')} (exit ${exitCode}) printed no JSON:\n${stdout}\n${stderr}`);
    }
  }

  /** The result of a command that must succeed, in the shape that a test expects. @throws where it fails */
  async result<T>(schema: z.ZodType<T>, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<T> {
    const answer = await this.json(args, env);
    if (answer.exitCode !== 0) throw new Error(`sf ${args.join(' ')} failed: ${JSON.stringify(answer, null, 2)}`);
    return schema.parse(answer.result);
  }

  get #escapes(): string {
    return join(this.#home, 'escapes.txt');
  }

  async #guarded(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<SfAnswer> {
    const answer = await spawnNode(args, { cwd, env: this.#environment(env), timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES });
    if (existsSync(this.#escapes)) throw new Error(`sf tried to leave 127.0.0.1: ${readFileSync(this.#escapes, 'utf8')}`);
    return answer;
  }

  /** Made from nothing: neither settings nor proxies nor tokens of this machine reach the CLI. */
  #environment(more: Readonly<Record<string, string>>): Record<string, string> {
    return {
      PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
      HOME: this.#home,
      USERPROFILE: this.#home,
      TMPDIR: this.#home,
      CI: 'true',
      NODE_OPTIONS: `--import=${GUARD}`,
      SF_SUITE_ESCAPES: this.#escapes,
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_HIDE_RELEASE_NOTES: 'true',
      ...more,
    };
  }
}

function spawnNode(args: readonly string[], options: ExecFileOptions): Promise<SfAnswer> {
  return new Promise((ended, reject) => {
    execFile(process.execPath, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === 'number') ended({ exitCode, stdout, stderr });
      else reject(new Error(`node ${args.join(' ')} did not end by itself: ${error?.message ?? ''}\n${stdout}\n${stderr}`));
    });
  });
}
