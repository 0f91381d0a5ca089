import type { Report } from '../support/n8n/report.cts';

/** Says it beside what Vitest writes, at once. */
export const reportToStderr: Report = (line) => {
	process.stderr.write(`${line}\n`);
};
