import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FORCE_APP } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

/**
 * Plants a defect in a class of force-app, for what only a defect of the service itself can bring about.
 * @param file below `classes`
 * @param from stands there once
 * @returns what takes it out
 */
export function plantDefect(org: TestOrg, file: string, from: string, to: string): () => void {
  const source = readFileSync(join(FORCE_APP, 'default', 'classes', file), 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} does not have ${from} once`);
  const name = basename(file, '.cls');
  const deploy = (text: string): void => {
    const [problem] = org.local.engine.deploy([{ file, name, kind: 'class', source: text, apiVersion: 67 }]);
    if (problem) throw new Error(`${file} does not compile: ${problem.message}`);
  };
  deploy(source.replace(from, () => to));
  return () => deploy(source);
}
