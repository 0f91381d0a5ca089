// Tests with a real n8n, which the first run installs into a cache: minutes, so they are on their own.
const root = require('../../jest.config.cjs');

module.exports = {
	...root,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	// They need a browser too, or the servers of queue mode; `npm run e2e:editor` and `e2e:queue` run them.
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/editor/',
		'<rootDir>/test/e2e/queue/',
	],
	testTimeout: 120_000,
	maxWorkers: 1,
};
