import { describeRun } from '../support/example-report.cts';
import { saysVersion2 } from '../support/n8n/definitions.cts';
import type { Report } from '../support/n8n/report.cts';
import { startStage } from '../support/n8n/stage.cts';
import { isVersion2 } from '../support/n8n/versions.cts';
import { runExample } from './example-run.cts';
import { importExamples } from './example.cts';
import { type Services, startServices } from './services/services.cts';

/**
 * Runs every example in a new n8n, except for those that need a newer one, shows the output of the nodes, and returns
 * whether all succeeded.
 */
export async function runExamplesOnce(examplesFolder: string, report: Report): Promise<boolean> {
	const stage = await startStage({ report });
	let services: Services | undefined;
	try {
		services = await startServices(stage.client);
		const credentials = [stage.credential, ...services.credentials];
		const all = await importExamples(examplesFolder, stage.client, credentials);
		const examples = all.filter(({ definition }) => isVersion2() || !saysVersion2(definition));
		for (const { definition } of all.filter((example) => !examples.includes(example))) {
			report(`– ${definition.name}: needs n8n 2`);
		}
		const failed: string[] = [];
		for (const example of examples) {
			const { name } = example.definition;
			const run = await runExample(example, stage);
			report(describeRun(name, run).join('\n'));
			if (run.problems.length > 0) failed.push(name);
		}
		report(`${examples.length - failed.length} of ${examples.length} example workflows succeeded`);
		return examples.length > 0 && failed.length === 0;
	} finally {
		await services?.stop();
		await stage.stop();
	}
}
