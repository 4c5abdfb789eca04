import { createLocalOrg } from '../org.ts';
import { surveyProject } from '../survey/survey-project.ts';
import { isSound, surveyReport } from '../survey/survey-report.ts';
import { readProject } from './project.ts';
import type { Terminal } from './terminal.ts';

/** `survey dir`: what the local org makes of a project that it was not written for. 0, or 1 where something crashed. */
export function survey(directory: string, terminal: Terminal): number {
  const project = readProject(directory);
  const org = createLocalOrg({ dataset: 'empty', root: project.root, log: terminal.err });
  try {
    const found = surveyProject(org, project.packageDirectories, project.root);
    terminal.out(surveyReport(found));
    return isSound(found) ? 0 : 1;
  } finally {
    org.close();
  }
}
