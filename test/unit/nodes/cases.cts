/** How properties are checked: the same thousand cases each time, so that a failure can be repeated. */
export const CASES = { seed: 1, numRuns: 1000 };
