const config = require('../../jest.config.cjs');

module.exports = {
	...config,
	// Stryker names a test by its whole path to a name, so the folder of this file must not be the root.
	rootDir: process.cwd(),
	testMatch: ['**/unit/nodes/**/*.test.cts', '**/engine/**/*.test.cts', '**/faults/**/*.test.cts'],
	// They read the sources as text, or start processes of their own.
	testPathIgnorePatterns: [
		'/node_modules/',
		'layers',
		'prototype-keys',
		'killed-syncs',
		'two-processes',
	],
};
