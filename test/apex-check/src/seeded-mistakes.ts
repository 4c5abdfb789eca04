import { readFileSync } from 'node:fs';
import { CHECKS } from './check.ts';
import type { Finding } from './finding.ts';
import type { Project } from './project.ts';

/** What a seeded file says must be found in it: `expect: <check>: <part of the message>`, in a comment. */
const EXPECTATION = /expect: ([\w-]+): (.+?)(?: -->)?$/gm;

/** A seeded mistake that went unnoticed. */
export interface Missed {
  readonly file: string;
  readonly expectation: string;
}

/** The outcome for a folder of seeded mistakes. */
export interface SeededOutcome {
  readonly expected: number;
  readonly missed: readonly Missed[];
}

/** Holds the findings of all checks against what the seeded files say. A file without expectation is a mistake of ours. */
export function compareWithSeeds(project: Project, findings: readonly Finding[]): SeededOutcome {
  const missed: Missed[] = [];
  const checked = new Set<string>();
  let expected = 0;
  for (const file of project.files) {
    for (const [, check = '', part = ''] of readFileSync(file, 'utf8').matchAll(EXPECTATION)) {
      expected += 1;
      checked.add(check);
      const found = findings.some((finding) => finding.file === file && finding.check === check && finding.message.includes(part));
      if (!found) missed.push({ file, expectation: `${check}: ${part}` });
    }
  }
  for (const { name } of CHECKS) {
    if (!checked.has(name)) missed.push({ file: project.root, expectation: `${name}: at least one seeded mistake` });
  }
  return { expected, missed };
}
