/** For `fc.assert`: so many cases, the same ones in every run. */
export const propertyCases = { seed: 20_261_121, numRuns: 10_000 };

/** For `vi.setConfig`: so many cases take seconds, and a minute on a busy machine; this only ends a test that hangs. */
export const propertyPatience = { testTimeout: 180_000 };
