import type { TestProject } from 'vitest/node';
import { reasonOf, targetAlias } from './local-org-tags.ts';
import { findTargetOrg } from './target-org.ts';

/** Finds the org that `TARGET_ORG` names, once for all suites, and tells at the end what was skipped there, and why. */
export async function setup(project: TestProject): Promise<() => void> {
  const target = targetAlias === undefined ? null : await findTargetOrg(targetAlias);
  project.provide('targetOrg', target);
  if (target === null) return () => undefined;
  process.stderr.write(`Running against ${target.alias}: ${target.orgName}, ${target.username} at ${target.url}\n`);
  return () => process.stderr.write(skipReport(project, target.alias));
}

function skipReport(project: TestProject, alias: string): string {
  const skipped = new Map<string, number>();
  for (const module of project.vitest.state.getTestModules()) {
    for (const test of module.children.allTests('skipped')) {
      const reason = test.tags.flatMap((tag) => reasonOf(tag) ?? [])[0] ?? 'skipped by the test itself, or by -t';
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    }
  }
  if (skipped.size === 0) return `\nNothing was skipped on ${alias}.\n`;
  const lines = [...skipped]
    .sort(([reason, one], [another, other]) => other - one || reason.localeCompare(another))
    .map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason}`);
  return `\nSkipped on ${alias}: what only the local org can meet\n${lines.join('\n')}\n`;
}
