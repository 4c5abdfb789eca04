import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Thresholds of one's own, for `REVOPS_RISK_THRESHOLDS`; gone with the block that holds it. */
export class ThresholdsFile implements Disposable {
  readonly path: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'risk-thresholds-'));

  constructor(yaml: string) {
    this.path = join(this.#directory, 'risk_thresholds.yaml');
    writeFileSync(this.path, yaml);
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true });
  }
}
