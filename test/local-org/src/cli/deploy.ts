import { DeployFailed } from '../errors.ts';
import { createLocalOrg } from '../org.ts';
import { readProject } from './project.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** `deploy [dir]`: checks a project by deploying it into a fresh org. 0, or 1 with every problem. */
export function deploy(directory: string, terminal: Terminal): number {
  const project = readProject(directory);
  const org = createLocalOrg({ dataset: 'empty', root: project.root, log: terminal.err });
  try {
    const { components } = org.deploy(project.packageDirectories);
    if (components.length === 0) {
      terminal.err(`Nothing to deploy: no metadata in ${project.packageDirectories.join(', ')}.`);
      return 1;
    }
    terminal.out(
      table(
        ['TYPE', 'NAME', 'FILE'],
        components.map((one) => [one.type, one.name, one.file]),
      ),
    );
    terminal.out(`\n${components.length} ${components.length === 1 ? 'component' : 'components'} deployed.`);
    return 0;
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    printProblems(error, terminal);
    return 1;
  } finally {
    org.close();
  }
}

/** Every problem as `file:line:column message`, so that editors and people can jump to it. */
export function printProblems(failure: DeployFailed, terminal: Terminal): void {
  terminal.err(failure.message);
  const count = failure.problems.length;
  terminal.err(`\nDeploy failed with ${count} ${count === 1 ? 'problem' : 'problems'}; nothing was deployed.`);
}
