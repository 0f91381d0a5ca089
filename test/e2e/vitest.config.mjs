import root from '../../vitest.config.mjs';

/** Settings for tests with a real n8n, one file after the other. */
export function testsInN8n({ include, exclude = [] }) {
	const test = { ...root.test, include, exclude, maxWorkers: 1, testTimeout: 120_000 };
	return { ...root, test };
}

// The first run installs n8n into a cache, which takes minutes: so these tests are on their own.
export default testsInN8n({
	include: ['test/e2e/**/*.test.cts'],
	// They need a browser too, or other servers; `npm run e2e:editor`, `e2e:queue` and `e2e:bad-day` run them.
	exclude: ['test/e2e/bad-day/**', 'test/e2e/editor/**', 'test/e2e/queue/**'],
});
