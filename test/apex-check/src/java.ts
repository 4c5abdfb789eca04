import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const MIN_JAVA = 11;
const REMEDY =
  'Install a JDK (Java 17 or newer, for example "apt install openjdk-17-jdk-headless" or "brew install openjdk"), ' +
  'put its bin folder on the PATH, or set JAVA_HOME, and run npm run check:apex again.';

/** A tool that this check cannot work without is missing; the message says what to install. */
export class ToolMissing extends Error {}

/** What a Java program printed, and how it ended. */
export interface JavaRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of jars that the analyzer package brings: apex-ls, PMD and the platform's own types. */
export function jarFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine');
    return join(dirname(entry), 'java-lib');
  } catch (cause) {
    throw new ToolMissing('The package @salesforce/code-analyzer-pmd-engine is not installed. Run npm ci.', { cause });
  }
}

/** Throws ToolMissing unless a Java that is new enough can be started. */
export async function requireJava(): Promise<void> {
  const run = await execute(['-version']);
  const version = /version "(\d+)(?:\.(\d+))?/.exec(run.stderr + run.stdout);
  const major = version?.[1] === '1' ? Number(version[2]) : Number(version?.[1]);
  if (run.status !== 0 || !(major >= MIN_JAVA)) {
    throw new ToolMissing(`Checking Apex needs Java ${MIN_JAVA} or newer; found ${version?.[0] ?? 'none that starts'}. ${REMEDY}`);
  }
}

/** Runs a Java program with the analyzer's jars on its class path. */
export async function runJava(args: readonly string[]): Promise<JavaRun> {
  return execute(['-XX:TieredStopAtLevel=1', '-cp', join(jarFolder(), '*'), ...args]);
}

function execute(args: readonly string[]): Promise<JavaRun> {
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java';
  return new Promise((done, failed) => {
    execFile(java, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') {
        const message = error.code === 'ENOENT' ? `Checking Apex needs Java, and there is no ${java}. ${REMEDY}` : error.message;
        failed(new ToolMissing(message, { cause: error }));
        return;
      }
      done({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}
