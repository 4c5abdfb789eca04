import { cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly description: string;
  readonly cores: number;
  /** Mean of the last minute; 0 where the system does not count it (Windows). */
  load(): number;
}

export function thisMachine(): Machine {
  const [first] = cpus();
  const cores = cpus().length;
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return {
    description: `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cores} × ${first?.model.trim() ?? 'unknown processor'}, ${memory}`,
    cores,
    load: () => loadavg()[0] ?? 0,
  };
}

/** How busy the machine was with everything, this run included, and whether the times suffer from it. */
export function loadLine(before: number, after: number, cores: number): string {
  const said = `load average ${before.toFixed(1)} before, ${after.toFixed(1)} after the run`;
  // One core is the run's own: the org and the measured process take turns.
  return before > cores - 1 ? `${said}: the machine was shared with other work, which lengthens times and blurs ratios` : said;
}
