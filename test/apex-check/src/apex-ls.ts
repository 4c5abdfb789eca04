import { resolve } from 'node:path';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { runJava } from './java.ts';
import type { Project } from './project.ts';

const Report = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(z.object({ start: z.object({ line: z.number() }), category: z.string(), message: z.string() })),
    }),
  ),
});

/** Type-checks a whole project with apex-ls; warnings count, because some errors of the platform are only warnings to it. */
export async function checkTypes(project: Project): Promise<Finding[]> {
  const args = ['io.github.apexdevtools.apexls.CheckForIssues', '-w', project.root, '-d', 'warnings', '-f', 'json', '--nocache'];
  const run = await runJava(args);
  // 0 is clean, 4 is "issues found"; anything else means that nothing was checked.
  if (run.status !== 0 && run.status !== 4) throw new Error(`apex-ls ended with ${run.status}: ${run.stderr || run.stdout}`);
  return Report.parse(JSON.parse(run.stdout)).files.flatMap(({ path, messages }) =>
    messages.map(({ start, category, message }) => ({
      check: 'apex-ls' as const,
      file: resolve(project.root, path),
      line: start.line,
      message: `${category}: ${message}`,
    })),
  );
}
