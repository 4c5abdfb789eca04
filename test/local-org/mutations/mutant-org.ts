import { join } from 'node:path';
import type { ApexSource } from '../src/apex/engine-types.ts';
import { readPackage } from '../src/metadata/read-package.ts';
import { createLocalOrg } from '../src/org.ts';
import type { LocalOrg } from '../src/org-types.ts';
import type { Mutation } from './mutation.ts';

/** An org with force-app and its tests, in which one defect at a time is planted. */
export class MutantOrg {
  readonly org: LocalOrg;
  readonly #sources: ReadonlyMap<string, ApexSource>;

  /** @param root the project's folder */
  constructor(root: string) {
    const directories = ['force-app/main', 'force-app/crm-access', 'force-app/test'].map((folder) => join(root, folder));
    this.org = createLocalOrg({ dataset: 'empty', root, packageDirectories: directories });
    this.#sources = new Map(readPackage(directories, root).apex.map((source) => [source.file, source]));
  }

  /**
   * Plants a mutation in the sound sources.
   * @returns what takes it out
   * @throws where it does not fit its file any more, or the mutant does not compile
   */
  plant({ file, from, to }: Mutation): () => void {
    const sound = this.#sources.get(file);
    if (!sound) throw new Error(`there is no ${file}`);
    const times = sound.source.split(from).length - 1;
    if (times !== 1) throw new Error(`${file} has ${JSON.stringify(from)} ${times} times, not once`);
    const [problem] = this.org.engine.deploy([{ ...sound, source: sound.source.replace(from, () => to) }]);
    if (problem) throw new Error(`the mutant does not compile: ${problem.message}`);
    return () => void this.org.engine.deploy([sound]);
  }

  /** The first Apex test that fails, and how; null where none does. */
  failingApexTest(): string | null {
    const failed = this.org.runTests().results.find((result) => result.outcome !== 'Pass');
    return failed ? `${failed.className}.${failed.methodName}: ${failed.message ?? failed.outcome}` : null;
  }
}
