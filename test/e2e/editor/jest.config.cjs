// The editor of a real n8n in a real browser: they share one n8n, in the order of a user's first hour.
const e2e = require('../jest.config.cjs');

module.exports = {
	...e2e,
	rootDir: '../../..',
	roots: ['<rootDir>/test/e2e/editor'],
	testPathIgnorePatterns: ['/node_modules/'],
};
