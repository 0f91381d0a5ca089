import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';
import type { StoredRecord } from '../sandbox/sandbox.cts';
import type { WorkflowDefinition } from '../support/n8n/definitions.cts';
import type { Stage } from '../support/n8n/stage.cts';
import { finishedExecutions, untilFinished } from '../support/n8n/stored-executions.cts';
import { inModule, triggerWorkflow } from '../support/n8n/workflows.cts';
import { type ChainNode, chainOf } from './chain.cts';
import type { Contest, Contestant } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { httpRequestNode } from './nodes.cts';
import { cpuMilliseconds } from './process-usage.cts';

const MODEL = 'Contact';

/** How many deliveries are under way at a time, as of an import with several processes. */
const AT_ONCE = 8;

const LONGEST_TURN_MS = 10 * 60_000;

/**
 * Events that start a workflow each: the trigger beside n8n's Webhook node, which checks nothing, and with
 * it the HTTP Request node, which reads the record.
 *
 * n8n 2 makes an isolate for the expressions of each webhook and of each execution, and spares that of the
 * webhook for the node of the type `n8n-nodes-base.webhook` alone (`webhookPhaseNeedsIsolate`). So another
 * app's trigger stands beside them.
 */
export function events(credentials: BenchCredentials, count: number, remark = ''): Contest {
	const parameters = { event: 'created', module: inModule(MODEL) };
	return {
		title: `Start ${count.toLocaleString('en')} workflows by events${remark}`,
		count,
		contestants: [
			triggerContestant('1CRM Trigger, as delivered', count, {
				...parameters,
				options: { fetchRecord: false },
			}),
			triggerContestant('1CRM Trigger, record read back', count, parameters),
			triggerContestant(
				'1CRM Trigger, record read back, changes included',
				count,
				{ ...parameters, options: { includeChanges: true } },
				({ title }) => JSON.stringify({ field: 'title', before: null, after: title }),
			),
			pathContestant("n8n's Webhook", count, WEBHOOK),
			pathContestant("n8n's Webhook and HTTP Request", count, WEBHOOK_TO_READ, {
				...httpRequestNode(credentials, { path: `=data/${MODEL}/{{ $json.body.id }}` }),
				name: 'read',
				// The newest that n8n 1 has as well.
				typeVersion: 4.3,
			}),
			pathContestant("n8n's Chargebee Trigger", count, OTHER_TRIGGER),
		],
		prepare: ({ sandbox }: Stage) => {
			sandbox.clear(MODEL);
			// A new record then has changes to include.
			for (let number = 0; number < count; number++) {
				const values = { last_name: `Event ${number}`, title: `Title ${number}` };
				sandbox.insert(MODEL, values, { isLogged: true });
			}
		},
	};
}

function triggerContestant(
	name: string,
	count: number,
	parameters: INodeParameters,
	proof?: Proof,
): Contestant {
	const workflow = ({ credential }: Stage) => triggerWorkflow(name, parameters, credential);
	const urlOf = ({ sandbox }: Stage) => sandbox.webhooks.at(-1)?.url ?? '';
	return { name, takeTurn: turns(count, workflow, urlOf, proof) };
}

/** A workflow with the nodes behind its trigger. n8n derives the path of its webhook from its name. */
function pathContestant(
	name: string,
	count: number,
	trigger: PathNode,
	...behind: ChainNode[]
): Contestant {
	const { path, ...node } = trigger;
	const workflow = () => chainOf(name, [{ ...node, webhookId: node.name }, ...behind]);
	const urlOf = ({ server }: Stage) => `${server.url}/webhook/${path}`;
	return { name, takeTurn: turns(count, workflow, urlOf) };
}

/** The time of a turn is that from the first delivery to the end of the last execution. */
function turns(
	count: number,
	workflow: (stage: Stage) => WorkflowDefinition,
	urlOf: (stage: Stage) => string,
	proof: Proof = ({ id }) => id,
): Contestant['takeTurn'] {
	let active: Promise<{ id: string; url: string }> | undefined;
	let expected = 0;
	const activate = async (stage: Stage) => {
		const { id } = await stage.client.createWorkflow(workflow(stage));
		await stage.client.activate(id);
		return { id, url: urlOf(stage) };
	};
	return async (stage) => {
		active ??= activate(stage);
		const { id, url } = await active;
		const { sandbox, server } = stage;
		const records = sandbox.records(MODEL);
		const before = cpuMilliseconds(server.processId);
		const start = Date.now();
		await deliver(url, records);
		await untilFinished(server, id, (expected += count), LONGEST_TURN_MS);
		const cpu = cpuMilliseconds(server.processId) - before;
		const executions = (await finishedExecutions(server, id)).slice(-count);
		const failed = executions.find(({ error }) => error);
		if (failed) throw new Error(`An execution failed: ${failed.error?.message}`);
		checkEach(
			executions.map(({ nodeOutputs }) => JSON.stringify(nodeOutputs)),
			records.map(proof),
		);
		const stopped = Math.max(...executions.map(({ stoppedAt }) => stoppedAt));
		return { milliseconds: stopped - start, cpuMilliseconds: cpu };
	};
}

async function deliver(url: string, records: object[]): Promise<void> {
	let next = 0;
	const deliverNext = async (): Promise<void> => {
		while (next < records.length)
			await axios.post(url, { ...records[next++], event_type: 'created' }, { proxy: false });
	};
	await Promise.all(Array.from({ length: AT_ONCE }, deliverNext));
}

/** What the output of an execution contains if it belongs to the event of a record. */
type Proof = (record: StoredRecord) => string;

/** Throws unless there is one execution for each record. */
function checkEach(outputs: string[], proofs: string[]): void {
	const missing = proofs.filter((proof) => !outputs.some((output) => output.includes(proof)));
	if (missing.length > 0) throw new Error(`${missing.length} events are missing`);
}

type PathNode = ChainNode & { path: string };

const WEBHOOK = webhookAt('webhook');
const WEBHOOK_TO_READ = webhookAt('webhook-to-read');

/** The trigger of another app, which checks nothing and asks nothing of it. */
const OTHER_TRIGGER: PathNode = {
	name: 'other',
	type: 'n8n-nodes-base.chargebeeTrigger',
	typeVersion: 1,
	parameters: { events: ['*'] },
	path: 'other/webhook',
};

function webhookAt(path: string): PathNode {
	return {
		name: path,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path, options: {} },
		path,
	};
}
