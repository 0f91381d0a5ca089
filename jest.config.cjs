// n8n prints every error that a test expects.
process.env.N8N_LOG_LEVEL ??= 'silent';

// The tests are `.cts` files: n8n's strict lint, whose configuration must stay as it is, forbids
// Node's built-ins in every `.ts` file, and tests of an HTTP client need them.
module.exports = {
	// Pauses before retries are real, and a busy machine is slow.
	testTimeout: 180_000,
	testEnvironment: 'node',
	// By default one core is left unused: on a machine with two, all tests would run in one process, which only grows.
	maxWorkers: '100%',
	workerIdleMemoryLimit: '1GB',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.cts'],
	// A real n8n takes minutes to install; `npm run e2e` runs those tests.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		// With `isolatedModules`, types are left out: `npm run typecheck` checks them, of all files together.
		'^.+\\.c?ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }],
	},
};
