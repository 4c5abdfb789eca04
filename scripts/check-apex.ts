/**
 * `npm run check:apex`: checks force-app without an org, with tools that are not our own local org, and shows that the
 * checks work: every mistake in test/apex-check/bad has to be reported. Needs Java. Exit code 0 only when all is clean.
 */
import { relative, resolve } from 'node:path';
import { CHECKS } from '../test/apex-check/src/check.ts';
import type { Finding } from '../test/apex-check/src/finding.ts';
import { requireJava, ToolMissing } from '../test/apex-check/src/java.ts';
import { openProject, type Project } from '../test/apex-check/src/project.ts';
import { compareWithSeeds } from '../test/apex-check/src/seeded-mistakes.ts';
import { commandLine } from './command-line.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SEEDED = resolve(ROOT, 'test/apex-check/bad');

const HELP = `npm run check:apex

Checks force-app without an org, with tools that are not the local org: apex-ls, PMD, and rules of our own for queries, Apex and
metadata; then that every mistake in test/apex-check/bad is reported. Needs Java. Exit code 1 when anything is found.`;

async function runChecks(project: Project, announce: (line: string) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, title, run } of CHECKS) {
    const found = await run(project);
    announce(`  ${name.padEnd(10)}  ${title.padEnd(42)}  ${found.length === 0 ? 'clean' : `${found.length} found`}`);
    findings.push(...found);
  }
  return findings;
}

function table(findings: readonly Finding[]): string {
  const rows = findings.map(({ file, line, check, message }) => [
    `${relative(ROOT, file)}:${line}`,
    check,
    message.replaceAll(/\s+/g, ' '),
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([place = '', check = '', message = '']) => `${place.padEnd(widths[0] ?? 0)}  ${check.padEnd(widths[1] ?? 0)}  ${message}`)
    .join('\n');
}

async function main(): Promise<number> {
  await requireJava();
  const project = openProject(ROOT);
  console.error(`Checking ${project.files.length} files of the package directories`);
  const findings = await runChecks(project, console.error);
  if (findings.length > 0) console.log(table(findings));

  console.error('Checking the checks with seeded mistakes');
  const seeds = openProject(SEEDED);
  const { expected, missed } = compareWithSeeds(seeds, await runChecks(seeds, () => {}));
  for (const { file, expectation } of missed) console.log(`${relative(ROOT, file)}: not reported: ${expectation}`);
  console.error(`  ${expected - missed.length} of ${expected} seeded mistakes reported`);

  console.log(
    findings.length + missed.length === 0 ? 'Apex and metadata are clean.' : `${findings.length} findings, ${missed.length} missed seeds.`,
  );
  return findings.length + missed.length === 0 ? 0 : 1;
}

commandLine(HELP, {});
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ToolMissing)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
