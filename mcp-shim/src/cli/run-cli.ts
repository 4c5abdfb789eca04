import { parseArgs } from 'node:util';
import type { EarlyAnswer } from '../handshake/early-answer.ts';
import { packageName, packageVersion } from '../package-info.ts';

const help = `Usage: ${packageName} [serve | check] [--help] [--version]

  serve      speak MCP on stdin and stdout (default; what MCP clients start)
  check      connect to the org, print what works and what does not, exit 1 on any problem

Settings come from the environment: SFDC_INSTANCE_URL and SFDC_ACCESS_TOKEN at least.
The README lists them all.`;

/**
 * @param answered what the client has been told before this was loaded
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], env: NodeJS.ProcessEnv, answered?: EarlyAnswer): Promise<number> {
  const parsed = parse(argv);
  if (typeof parsed === 'string') {
    console.error(`${parsed}\n\n${help}`);
    return 2;
  }
  if (parsed.help) return print(help);
  if (parsed.version) return print(packageVersion);
  // Loaded on demand: each verb has needs of its own, and serve must answer fast.
  if (parsed.verb === 'check') return (await import('./check.ts')).check(env, (line) => console.log(line));
  return (await import('./serve.ts')).serve(env, answered);
}

function parse(argv: readonly string[]): { verb: 'serve' | 'check'; help: boolean; version: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false }, version: { type: 'boolean', short: 'v', default: false } },
    });
    const [verb = 'serve', ...rest] = positionals;
    if ((verb !== 'serve' && verb !== 'check') || rest.length > 0) return `Unknown command: ${positionals.join(' ')}`;
    return { verb, help: values.help, version: values.version };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function print(text: string): number {
  console.log(text);
  return 0;
}
