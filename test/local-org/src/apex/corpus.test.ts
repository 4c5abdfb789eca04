import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { NotSupported } from '../errors.ts';
import type { LocalOrg } from '../org-types.ts';
import { createLocalOrg } from '../org.ts';
import { type CorpusProgram, readCorpus } from './corpus-program.ts';
import { runMain } from './tests/run-main.ts';

const folder = fileURLToPath(new URL('../../corpus', import.meta.url));
const programs = readCorpus(folder);
const refused = programs.filter((program) => program.name.startsWith('refused/'));
const refusedAtRun = programs.filter((program) => program.name.startsWith('refused-at-run/'));
const accepted = programs.filter((program) => !refused.includes(program) && !refusedAtRun.includes(program));

/** Runs `work` on an org of its own, and fails if the org reports a defect of its own meanwhile. */
function onEmptyOrg<T>(program: CorpusProgram, work: (org: LocalOrg) => T): T {
  const defects: string[] = [];
  const { packageDirectory } = program;
  const org = createLocalOrg({
    dataset: 'empty',
    root: folder,
    log: (message) => defects.push(message),
    ...(packageDirectory === null ? {} : { packageDirectories: [packageDirectory] }),
  });
  try {
    const result = work(org);
    expect(defects).toEqual([]);
    return result;
  } finally {
    org.close();
  }
}

function place(at: { readonly file: string; readonly line: number }): string {
  return `${at.file}:${at.line}`;
}

function deployProblems(org: LocalOrg, program: CorpusProgram): string[] {
  return org.engine.deploy(program.sources).map((p) => `${place(p.location)} ${p.message}`);
}

/** What a test class or a main() is refused with; empty where it runs. */
function refusalOf(org: LocalOrg, program: CorpusProgram): string {
  if (/@IsTest/i.test(program.sources.map((one) => one.source).join())) {
    const { results } = org.runTests({ classes: [program.className] });
    return results.flatMap((result) => (result.outcome === 'Pass' ? [] : [result.message])).join('\n');
  }
  try {
    runMain(org, program.className);
    return '';
  } catch (error) {
    if (error instanceof NotSupported) return error.message;
    throw error;
  }
}

test('the corpus covers what the local org promises', () => {
  expect(accepted.length).toBeGreaterThanOrEqual(60);
  expect(refused.length).toBeGreaterThanOrEqual(20);
});

test('a program uses the marks of its folder', () => {
  const misplaced = [
    ...accepted.filter((p) => p.problems.length + p.refusals.length > 0),
    ...refused.filter((p) => p.problems.length === 0),
    ...refusedAtRun.filter((p) => p.refusals.length === 0),
  ];
  expect(misplaced.map((p) => p.name)).toEqual([]);
});

describe('runs as on the platform', () => {
  test.each(accepted.map((program) => [program.name, program] as const))('%s', (_, program) => {
    onEmptyOrg(program, (org) => {
      expect(deployProblems(org, program)).toEqual([]);
      const { debug, exception } = runMain(org, program.className);
      const printed = debug.map((text) => text.replaceAll('\n', String.raw`\n`));
      expect({ debug: printed, exception }).toEqual({ debug: program.debug, exception: program.exception });
    });
  });
});

describe('is refused at deploy', () => {
  test.each(refused.map((program) => [program.name, program] as const))('%s', (_, program) => {
    onEmptyOrg(program, (org) => {
      const problems = org.engine.deploy(program.sources);
      const report = problems.map((p) => `${place(p.location)} ${p.message}`).join('\n');
      for (const expected of program.problems) {
        const found = problems.filter((p) => place(p.location) === place(expected) && p.message.includes(expected.text));
        expect(found.length, `"${expected.text}" at ${place(expected)}, among:\n${report}`).toBeGreaterThan(0);
      }
      // A second message about the same line is harmless; one about a correct line is not.
      const marked = new Set(program.problems.map(place));
      expect(
        problems.filter((p) => !marked.has(place(p.location))),
        report,
      ).toEqual([]);
      expect(org.engine.classNames()).not.toContain(program.className);
    });
  });
});

describe('is refused when it runs', () => {
  test.each(refusedAtRun.map((program) => [program.name, program] as const))('%s', (_, program) => {
    onEmptyOrg(program, (org) => {
      expect(deployProblems(org, program)).toEqual([]);
      const refusal = refusalOf(org, program);
      for (const expected of program.refusals) expect(refusal).toContain(expected.text);
    });
  });
});
