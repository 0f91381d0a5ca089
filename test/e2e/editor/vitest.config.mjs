import { testsInN8n } from '../vitest.config.mjs';

// The editor of a real n8n in a real browser: they share one n8n, in the order of a user's first hour.
export default testsInN8n({ include: ['test/e2e/editor/**/*.test.cts'] });
