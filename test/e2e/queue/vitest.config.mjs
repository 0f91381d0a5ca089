import { testsInN8n } from '../vitest.config.mjs';

// Tests with an n8n in queue mode, which also need Redis and PostgreSQL.
export default testsInN8n({ include: ['test/e2e/queue/**/*.test.cts'] });
