import { join } from 'node:path';

import { PROJECT_FOLDER, type Stage, startStage } from '../support/n8n/stage.cts';
import { isVersion2 } from '../support/n8n/versions.cts';
import { type Example, importExamples } from './example.cts';
import { type Services, startServices } from './services/services.cts';
import { reportToStderr } from './report-to-stderr.cts';

/**
 * For examples that need n8n 2: in n8n 1.x, the Data Table node can't create tables, and Send Email has another name
 * for the option for attached files.
 */
export const itInVersion2 = it.runIf(isVersion2());

/** A real n8n with a sandbox, the servers that examples need, and the examples, imported. */
export interface ExampleStage {
	stage: Stage;
	services: Services;
	/** By the name on its canvas, without `1CRM: `. Throws if there is none. */
	example(name: string): Example;
	stop(): Promise<void>;
}

/** Starts all of it. The caller stops it. */
export async function startExampleStage(): Promise<ExampleStage> {
	const stage = await startStage({ report: reportToStderr });
	try {
		return await furnish(stage);
	} catch (error) {
		await stage.stop();
		throw error;
	}
}

async function furnish(stage: Stage): Promise<ExampleStage> {
	const services = await startServices(stage.client);
	const credentials = [stage.credential, ...services.credentials];
	const folder = join(PROJECT_FOLDER, 'examples');
	const examples = await importExamples(folder, stage.client, credentials);
	return {
		stage,
		services,
		example(name) {
			const found = examples.find(({ definition }) => definition.name === `1CRM: ${name}`);
			if (!found) throw new Error(`There is no example "${name}"`);
			return found;
		},
		async stop() {
			await services.stop();
			await stage.stop();
		},
	};
}
