import { describeRun } from '../support/example-report.cts';
import type { Report } from '../support/n8n/report.cts';
import { startStage } from '../support/n8n/stage.cts';
import { runExample } from './example-run.cts';
import { importExamples } from './example.cts';
import { type Services, startServices } from './services/services.cts';

/** Runs every example in an n8n of its own, shows what the nodes gave, and tells whether all went well. */
export async function runExamplesOnce(examplesFolder: string, report: Report): Promise<boolean> {
	const stage = await startStage({ report });
	let services: Services | undefined;
	try {
		services = await startServices(stage.client);
		const credentials = [stage.credential, ...services.credentials];
		const examples = await importExamples(examplesFolder, stage.client, credentials);
		const unwell: string[] = [];
		for (const example of examples) {
			const { name } = example.definition;
			const run = await runExample(example, stage);
			report(describeRun(name, run).join('\n'));
			if (run.problems.length > 0) unwell.push(name);
		}
		report(`${examples.length - unwell.length} of ${examples.length} example workflows went well`);
		return examples.length > 0 && unwell.length === 0;
	} finally {
		await services?.stop();
		await stage.stop();
	}
}
