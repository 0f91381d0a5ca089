// Tests with an n8n in queue mode, which also need Redis and PostgreSQL.
module.exports = {
	...require('../jest.config.cjs'),
	rootDir: '../../..',
	roots: ['<rootDir>/test/e2e/queue'],
	testPathIgnorePatterns: ['/node_modules/'],
};
