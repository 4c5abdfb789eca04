import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../run-command.ts';

/** The Apex test classes of this project, by name: classes that hold tests end in `Test`, what they share does not. */
export function testClasses(): string[] {
  return globSync('**/*Test.cls', { cwd: join(ROOT, 'force-app', 'test') })
    .map((file) => basename(file, '.cls'))
    .sort();
}
