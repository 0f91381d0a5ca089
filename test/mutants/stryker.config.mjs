/** Runs with `npm run mutants -- --mutate nodes/OneCrm/http/retry.ts`, from the project's folder. */
export default {
	testRunner: 'jest',
	jest: { configFile: 'test/mutants/jest.config.cjs', enableFindRelatedTests: false },
	// Engine tests load the build, so it is made of the changed sources.
	buildCommand: 'npm run build',
	disableTypeChecks: 'nodes/**/*.ts',
	coverageAnalysis: 'perTest',
	// Each of them would run all tests again.
	ignoreStatic: true,
	concurrency: 2,
	timeoutMS: 30_000,
	reporters: ['clear-text', 'progress-append-only'],
	clearTextReporter: { allowColor: false, logTests: false },
};
