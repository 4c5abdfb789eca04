import { DeployFailed } from '../errors.ts';
import { startLocalOrg } from '../org.ts';
import type { StartedOrg } from '../org-types.ts';
import { printProblems } from './deploy.ts';
import { readProject } from './project.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface StartOptions {
  readonly directory: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly dataset: 'demo' | 'empty';
}

/** `start [dir]`: an org with the project deployed, answering HTTP until the person ends it. */
export async function start(options: StartOptions, terminal: Terminal): Promise<number> {
  const project = readProject(options.directory);
  terminal.err(`Starting an org (${options.dataset} data) and deploying ${project.root} …`);
  let started: StartedOrg;
  try {
    started = await startLocalOrg({ ...project, dataset: options.dataset, port: options.port, log: terminal.err });
  } catch (error) {
    if (error instanceof DeployFailed) printProblems(error, terminal);
    else if (isPortError(error))
      terminal.err(
        `Port ${options.port} cannot be used (${error.code}). Choose another with --port, or leave --port out to get a free one.`,
      );
    else throw error;
    return 1;
  }
  terminal.out(`Local org: ${started.url}\n`);
  terminal.out(
    table(
      ['USER', 'TITLE', 'TOKEN'],
      started.tokens.map((one) => [one.username, one.title, one.token]),
    ),
  );
  terminal.out(
    `\nTry: curl -H "Authorization: Bearer <token>" "${started.url}/services/data/v67.0/query?q=SELECT+Name+FROM+Account+LIMIT+3"`,
  );
  terminal.err('Ctrl-C ends it; nothing is kept.');
  await terminal.ended();
  await started.close();
  terminal.err('Ended.');
  return 0;
}

function isPortError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}
