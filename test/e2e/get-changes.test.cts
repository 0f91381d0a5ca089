import type { IDataObject, INode } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { recordsClient } from '../support/client.cts';
import type { WorkflowDefinition } from '../support/n8n/definitions.cts';
import { PACKAGE_NAME } from '../support/n8n/stage.cts';
import { finishedExecutions } from '../support/n8n/stored-executions.cts';
import { poll } from '../support/n8n/poll.cts';
import { Random } from '../sandbox/random.cts';
import { stageForTests } from './stage-for-tests.cts';
import { reportToStderr } from './report-to-stderr.cts';

const stage = stageForTests();

const CHANGES = 10_000;
const AT_ONCE = 8;
const LIMIT = 550_000;
const GET_CHANGES = 'Get Changes';
const MODULE = 'Account';

function everySecond(): Pick<WorkflowDefinition, 'nodes' | 'connections'> {
	const { id, name } = stage.credential;
	return {
		nodes: [
			{
				id: 'schedule',
				name: 'Every second',
				type: 'n8n-nodes-base.scheduleTrigger',
				typeVersion: 1.2,
				position: [0, 0],
				parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
			},
			{
				id: 'changes',
				name: GET_CHANGES,
				type: `${PACKAGE_NAME}.oneCrm`,
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'record',
					operation: 'getChanges',
					module: { __rl: true, mode: 'name', value: MODULE },
					returnFields: ['name'],
				},
				credentials: { oneCrmApi: { id, name } },
			},
		],
		connections: {
			'Every second': { main: [[{ node: GET_CHANGES, type: 'main', index: 0 }]] },
		},
	};
}

it(
	`returns the last state of each record, and none twice, of ${CHANGES} changes while it runs every second`,
	async () => {
		const { client, sandbox, server } = stage;
		const settings = { executionOrder: 'v1' as const };
		const { id } = await client.createWorkflow({ name: 'Changes', settings, ...everySecond() });
		await client.activate(id);
		await client.waitForExecution(id);

		const http = recordsClient(sandbox, MODULE);
		const random = new Random(3);
		const names = new Map<string, string>();
		let done = 0;
		const change = async (): Promise<void> => {
			const name = `State ${++done}`;
			const ids = [...names.keys()];
			if (ids.length < 400 || random.once(20)) {
				const { data } = await http.post<{ id: string }>('', { data: { name } });
				names.set(data.id, name);
				return;
			}
			const record = random.pick(ids);
			// Two changes of one record at once have no last one.
			names.delete(record);
			await http.patch(`/${record}`, { data: { name } });
			names.set(record, name);
		};
		await Promise.all(
			Array.from({ length: AT_ONCE }, async () => {
				while (done < CHANGES) await change();
			}),
		);
		const count = (await client.executions(id)).length;
		await poll('two more runs', LIMIT, async () => {
			const { length } = await client.executions(id);
			return length >= Math.min(100, count + 3) || undefined;
		});
		await sleep(3000);
		await client.deactivate(id);

		const executions = await finishedExecutions(server, id);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		const items = executions
			.sort((one, other) => Number(one.id) - Number(other.id))
			.flatMap(({ nodeOutputs }) => nodeOutputs[GET_CHANGES] ?? [])
			.map(({ json }) => ({ id: String(json.recordId), name: (json.record as IDataObject).name }));
		expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
		const last = new Map(items.map(({ id: recordId, name }) => [recordId, name]));
		for (const [record, name] of names) expect(last.get(record)).toBe(name);
		reportToStderr(`${executions.length} runs, ${items.length} states of ${CHANGES}`);
	},
	LIMIT,
);

it('goes on behind the changes of a run that failed later, as n8n stores its place', async () => {
	const { client, sandbox } = stage;
	const { nodes, connections } = everySecond();
	const failing: INode = {
		id: 'fails',
		name: 'Fails',
		type: 'n8n-nodes-base.stopAndError',
		typeVersion: 1,
		position: [440, 0],
		parameters: { errorMessage: 'No' },
	};
	const { id } = await client.createWorkflow({
		name: 'Failing',
		nodes: [...nodes, failing],
		connections: {
			...connections,
			[GET_CHANGES]: { main: [[{ node: 'Fails', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	await client.activate(id);
	await client.waitForExecution(id);
	sandbox.insert(MODULE, { name: 'Of a failed run' });
	await poll('a failed run', 30_000, async () => {
		return (await client.executions(id)).some(({ status }) => status === 'error') || undefined;
	});
	const count = (await client.executions(id)).length;
	await client.waitForExecution(id, count + 2);
	await client.deactivate(id);
	const failed = (await client.executions(id)).filter(({ status }) => status === 'error');
	expect(failed).toHaveLength(1);
});
