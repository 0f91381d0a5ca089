import { INSTALLATION_LIMIT } from '../support/n8n/installation.cts';
import { type Stage, startStage } from '../support/n8n/stage.cts';
import { finishedExecutions, untilFinished } from '../support/n8n/stored-executions.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../support/n8n/workflows.cts';
import { createContacts } from './burst.cts';

/**
 * docs/queue-mode.md recommends this for many events. Otherwise n8n 2 creates a V8 isolate for each webhook
 * and each execution. Both together take a tenth of a second of CPU time, which would make this test very
 * slow.
 */
const environment = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ environment, report: (line) => process.stderr.write(`${line}\n`) });
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
});

const BURST = 2000;
const BURST_LIMIT = 550_000;
const WAIT_LIMIT = 500_000;

it.each([
	['changes at once', { options: {} }, 0],
	['changes at once, each of which 1CRM tells twice', { options: { ignoreRepeats: true } }, 1],
])(
	`loses and doubles nothing of ${BURST} %s`,
	async (name, options, repeats) => {
		const { client, credential, sandbox, server } = stage;
		sandbox.variants.webhooks.repeats = repeats;
		const parameters = { event: 'created', module: inModule('Contact'), ...options };
		const { id } = await client.createWorkflow(triggerWorkflow(name, parameters, credential));
		await client.activate(id);
		const created = await createContacts(sandbox, BURST);
		await untilFinished(server, id, BURST, WAIT_LIMIT);
		await sandbox.settle();
		expect(sandbox.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
		await client.deactivate(id);

		const executions = await finishedExecutions(server, id);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		expect(executions).toHaveLength(BURST);
		const items = executions.flatMap(({ nodeOutputs }) => nodeOutputs[TRIGGER]);
		const told = items.map(({ json }) => [json.recordId, (json.record as INodeRecord).last_name]);
		expect(told).toHaveLength(BURST);
		expect(new Map(told as Array<[string, string]>)).toEqual(created);
	},
	BURST_LIMIT,
);

interface INodeRecord {
	last_name: string;
}
