// Tests with a real n8n, which the first run installs into a cache: minutes, so they are on their own.
const root = require('../../jest.config.cjs');

module.exports = {
	...root,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	// They need a browser too, or other servers; `npm run e2e:editor`, `e2e:queue` and `e2e:bad-day` run them.
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/bad-day/',
		'<rootDir>/test/e2e/editor/',
		'<rootDir>/test/e2e/queue/',
	],
	testTimeout: 120_000,
	maxWorkers: 1,
};
