import { parseArgs } from 'node:util';
import { deploy } from './cli/deploy.ts';
import { start } from './cli/start.ts';
import { survey } from './cli/survey.ts';
import type { Terminal } from './cli/terminal.ts';
import { test } from './cli/test.ts';
import { UsageError } from './cli/usage-error.ts';

const HELP = `A Salesforce org in this process: it deploys a project, runs its real Apex, and answers the Salesforce APIs on 127.0.0.1.

npm run org -- start [dir] [--port N] [--data demo|empty]
    Deploys the project in dir (default: here) into a fresh org and keeps it running. Prints its URL and one access
    token per user. --data demo (default) brings a sales team with accounts, deals, leads, cases and activities;
    empty brings only the users and the set-up. --port 0 (default) takes a free port.

npm run org -- test [dir] [--class Name]...
    Runs the project's Apex tests and prints results and coverage. Exit code 1 when a test fails or less than 75 % of
    the production lines are covered.

npm run org -- deploy [dir]
    Deploys the project into a fresh org and lists its components, or every problem as file:line:column.
    Use it as a compiler.

npm run org -- survey [dir]
    Deploys as much of a foreign project as the local org can have, runs the Apex tests in it, and prints what was
    refused, by name and count. Exit code 1 when something crashed.

npm run org -- --help
    This text.

dir is a project, that is, a folder with an sfdx-project.json, or a folder inside one, which then is all that is deployed.

Exit codes: 0 done, 1 the project has problems, 2 the command line was not understood.`;

/** Runs one command line; answers the exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await runCommand(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`${error.message}\nSee npm run org -- --help`);
    return 2;
  }
}

async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    terminal.out(HELP);
    return 0;
  }
  const [command, directory = terminal.cwd, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Only one folder can be named, but "${more.join(' ')}" came after ${directory}.`);
  switch (command) {
    case 'start':
      refuse(values, ['class'], command);
      return start({ directory, port: portOf(values.port ?? '0'), dataset: datasetOf(values.data ?? 'demo') }, terminal);
    case 'test':
      refuse(values, ['port', 'data'], command);
      return test(directory, values.class ?? [], terminal);
    case 'deploy':
      refuse(values, ['port', 'data', 'class'], command);
      return deploy(directory, terminal);
    case 'survey':
      refuse(values, ['port', 'data', 'class'], command);
      return survey(directory, terminal);
    case undefined:
      throw new UsageError('No command. Say start, test, deploy or survey.');
    default:
      throw new UsageError(`Unknown command "${command}". Say start, test, deploy or survey.`);
  }
}

function parse(args: readonly string[]): {
  values: { help?: boolean; port?: string; data?: string; class?: string[] };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        data: { type: 'string' },
        class: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function refuse(values: Readonly<Record<string, unknown>>, names: readonly string[], command: string): void {
  for (const name of names) if (values[name] !== undefined) throw new UsageError(`--${name} has no meaning for ${command}.`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port ${text} is no port. Give a number from 0 (any free port) to 65535.`);
  return port;
}

function datasetOf(text: string): 'demo' | 'empty' {
  if (text === 'demo' || text === 'empty') return text;
  throw new UsageError(`--data ${text} is not known. Say demo or empty.`);
}
