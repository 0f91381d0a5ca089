// Tests of what goes wrong around the nodes: killed processes, a database or a 1CRM that is gone, a full disk.
module.exports = {
	...require('../jest.config.cjs'),
	rootDir: '../../..',
	roots: ['<rootDir>/test/e2e/bad-day'],
	testPathIgnorePatterns: ['/node_modules/'],
};
