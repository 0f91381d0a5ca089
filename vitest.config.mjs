import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// The tests are `.cts` files: n8n's strict lint, whose configuration must stay as it is, forbids
// Node's built-ins in every `.ts` file, and tests of an HTTP client need them.
export default defineConfig({
	oxc: { include: /\.c?ts$/ },
	resolve: {
		// The one that n8n-core loads: there is a second build of it, whose classes would be others.
		alias: { 'n8n-workflow': createRequire(import.meta.url).resolve('n8n-workflow') },
	},
	test: {
		include: ['test/**/*.test.cts'],
		// A real n8n takes minutes to install; `npm run e2e` runs those tests.
		exclude: ['test/e2e/**'],
		globals: true,
		setupFiles: ['test/restore-mocks.cts'],
		// The files share a process, which loads n8n once: that takes a second, longer than most files.
		isolate: false,
		maxWorkers: '100%',
		// Pauses before retries are real, and a busy machine is slow.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		// n8n prints every error that a test expects.
		env: { N8N_LOG_LEVEL: process.env.N8N_LOG_LEVEL ?? 'silent' },
	},
});
