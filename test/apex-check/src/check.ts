import { checkApexRules } from './apex-rules.ts';
import { checkTypes } from './apex-ls.ts';
import { checkEntryPoints } from './entry-points.ts';
import type { CheckName, Finding } from './finding.ts';
import { checkMetadata } from './metadata-rules.ts';
import { checkRules } from './pmd.ts';
import { withProjectObjects } from './project-objects.ts';
import { apexFiles, type Project } from './project.ts';
import { checkQueries } from './soql-fields.ts';
import { standardObjects } from './standard-objects.ts';

/** Every check, in the order in which it runs. */
export const CHECKS: readonly {
  readonly name: CheckName;
  readonly title: string;
  readonly run: (project: Project) => Finding[] | Promise<Finding[]>;
}[] = [
  { name: 'apex-ls', title: 'types and names (apex-ls)', run: checkTypes },
  { name: 'pmd', title: 'security and error-prone code (PMD)', run: (project) => checkRules(apexFiles(project)) },
  {
    name: 'soql',
    title: 'objects and fields in queries',
    run: async (project) => checkQueries(apexFiles(project), withProjectObjects(await standardObjects(), project)),
  },
  {
    name: 'apex-rules',
    title: 'sharing, access modes, signatures, names',
    run: (project) => [...checkApexRules(apexFiles(project)), ...checkEntryPoints(apexFiles(project))],
  },
  { name: 'metadata', title: 'descriptions, permission sets, API versions', run: checkMetadata },
];
