// Tests with a real n8n, which the first run installs into a cache: minutes, so they are on their own.
const root = require('../../jest.config.cjs');

module.exports = {
	...root,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 120_000,
	maxWorkers: 1,
};
