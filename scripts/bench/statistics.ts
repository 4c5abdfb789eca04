/** Repetitions of one measurement, summed up. All in the unit of the samples. */
export interface Spread {
  readonly median: number;
  /** First and third quartile: half of all samples lie between them. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** @throws RangeError where there is no sample */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((left, right) => left - right);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75), count: sorted.length };
}

/** Linear between the two nearest samples, as spreadsheets do it. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('no samples to sum up');
  return below + (above - below) * (position - Math.floor(position));
}
