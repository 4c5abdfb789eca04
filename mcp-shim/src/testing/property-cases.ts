/** For `fc.assert`: so many cases, the same ones in every run. */
export const propertyCases = { seed: 20_261_121, numRuns: 10_000 };
