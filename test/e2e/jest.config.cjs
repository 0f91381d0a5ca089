// Tests with a real n8n, which the first run installs into a cache: minutes, so they are on their own.
const root = require('../../jest.config.cjs');

module.exports = {
	...root,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	// Queue mode needs more than n8n; `npm run e2e:queue` runs those tests.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/queue/'],
	testTimeout: 120_000,
	maxWorkers: 1,
};
