import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const WHICH = { platform: 'standard-types-', sobjects: 'sobject-types-' } as const;

/**
 * Reads the signatures out of the jars that ship with `@salesforce/code-analyzer-pmd-engine` (BSD-3) with a small Java
 * program. Java is needed only here; the answer is committed.
 */
export function javaCatalog(which: keyof typeof WHICH): string {
  const jars = jarFolder();
  const files = readdirSync(jars);
  const jar = (prefix: string): string => {
    const found = files.find((file) => file.startsWith(prefix) && file.endsWith('.jar'));
    if (found === undefined) throw new Error(`No ${prefix}*.jar in ${jars}: has the pinned version of the PMD engine changed?`);
    return join(jars, found);
  };
  const classPath = [jar(WHICH.platform), jar(WHICH.sobjects)].join(process.platform === 'win32' ? ';' : ':');
  const program = join(import.meta.dirname, 'ExtractCatalog.java');
  try {
    return execFileSync('java', ['-cp', classPath, program, which, jar(WHICH[which])], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('The catalogue is made with Java, and there is no `java` on the PATH. Install a JDK, 17 or later, and try again.', {
        cause: error,
      });
    }
    throw error;
  }
}

function jarFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');
}
