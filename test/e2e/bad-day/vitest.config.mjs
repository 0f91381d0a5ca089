import { testsInN8n } from '../vitest.config.mjs';

// Tests of what goes wrong around the nodes: killed processes, a database or a 1CRM that is gone, a full disk.
export default testsInN8n({ include: ['test/e2e/bad-day/**/*.test.cts'] });
