import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { runJava } from './java.ts';

const RULES = join(import.meta.dirname, 'pmd-rules.xml');

const Results = z.object({
  violations: z.array(
    z.object({ rule: z.string(), message: z.string(), codeLocation: z.object({ file: z.string(), startLine: z.number() }) }),
  ),
  processingErrors: z.array(z.object({ file: z.string(), message: z.string() })),
});

/** Runs the rules of `pmd-rules.xml` over Apex files. A file that PMD cannot read counts as a finding. */
export async function checkRules(files: readonly string[]): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'apex-check-'));
  try {
    const input = join(folder, 'input.json');
    const output = join(folder, 'output.json');
    writeFileSync(input, JSON.stringify({ ruleSetInputFile: RULES, runDataPerLanguage: { apex: { filesToScan: files } } }));
    const run = await runJava(['com.salesforce.sfca.pmdwrapper.PmdWrapper', 'run', input, output]);
    if (run.status !== 0) throw new Error(`PMD ended with ${run.status}: ${run.stderr || run.stdout}`);
    const results = Results.parse(JSON.parse(readFileSync(output, 'utf8')));
    return [
      ...results.violations.map(({ rule, message, codeLocation }) => ({
        check: 'pmd' as const,
        file: codeLocation.file,
        line: codeLocation.startLine,
        message: `${rule}: ${message}`,
      })),
      ...results.processingErrors.map(({ file, message }) => ({ check: 'pmd' as const, file, line: 0, message })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
