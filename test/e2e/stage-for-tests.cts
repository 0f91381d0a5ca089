import { INSTALLATION_LIMIT } from '../support/n8n/installation.cts';
import { type Stage, type StageOptions, startStage } from '../support/n8n/stage.cts';
import { whileTestsRun } from '../support/sandbox-for-tests.cts';
import { reportToStderr } from './report-to-stderr.cts';

/** Starts a real n8n with a sandbox before the tests of this file, and stops both after them. */
export function stageForTests(options: Omit<StageOptions, 'report'> = {}): Stage {
	let stage: Stage | undefined;
	beforeAll(async () => {
		stage = await startStage({ ...options, report: reportToStderr });
	}, INSTALLATION_LIMIT);
	afterAll(async () => {
		await stage?.stop();
	});
	return whileTestsRun(() => stage);
}
