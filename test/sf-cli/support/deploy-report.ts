import { z } from 'zod';
import type { LocalOrg } from '../../local-org/src/org-types.ts';

/** A row of the table that the CLI shows of a deploy. */
const fileRow = z.looseObject({
  type: z.string(),
  fullName: z.string(),
  state: z.string(),
  error: z.string().optional(),
  lineNumber: z.number().optional(),
  columnNumber: z.number().optional(),
});

/** `result` of `sf project deploy …`. */
export const deployReport = z.looseObject({
  id: z.string(),
  status: z.string(),
  success: z.boolean(),
  checkOnly: z.boolean(),
  files: z.array(fileRow),
});

export type DeployReport = z.infer<typeof deployReport>;

/** `Created ApexClass Crates`, in order and each once: an object is told per file. */
export function states(report: DeployReport): string[] {
  return [...new Set(report.files.map(({ state, type, fullName }) => `${state} ${type} ${fullName}`))].sort();
}

/** What is deployed, as `Type name`. */
export function componentsOf(org: LocalOrg): string[] {
  return org.metadata.components.map(({ type, name }) => `${type} ${name}`).sort();
}
