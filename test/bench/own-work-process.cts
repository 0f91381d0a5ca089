import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { ACTION_NODE, builtPackage } from '../support/engine/built-package.cts';
import { Engine } from '../support/engine/engine.cts';
import type { OwnWork } from './own-work.cts';

const COUNT = 2000;
/** The first ones, in which V8 still compiles, do not count. */
const WARM_UP = 4;
const ROUNDS = 16;
const PARALLEL = 8;

/**
 * Prints, as JSON, the CPU milliseconds that n8n's engine needs to create records: with the node, and with a
 * bare loop of n8n's HTTP helper that sends the same requests. They take turns, and each goes first equally
 * often.
 */
async function main(): Promise<void> {
	const [domain, username, password] = process.argv.slice(2);
	const engine = await Engine.start({ domain, username, password, authentication: 'basic' });
	const type = (await builtPackage()).nodeTypes.getByNameAndVersion(ACTION_NODE) as INodeType;
	const works = { node: type.execute, helper: bareLoop };
	const items = Array.from({ length: COUNT }, (_, number) => ({
		json: { last_name: `Item ${number}` },
	}));
	const measured: OwnWork = { count: COUNT, node: [], helper: [] };
	for (let round = 0; round < WARM_UP + ROUNDS; round++) {
		for (const name of round % 2 === 0
			? (['node', 'helper'] as const)
			: (['helper', 'node'] as const)) {
			type.execute = works[name];
			const before = process.cpuUsage();
			const { items: made, error } = await engine.run(
				{
					resource: 'record',
					operation: 'create',
					module: { __rl: true, mode: 'name', value: 'Contact' },
					fields: { mappingMode: 'autoMapInputData', value: null },
					options: { parallelRequests: PARALLEL },
				},
				{ items },
			);
			const { user, system } = process.cpuUsage(before);
			if (error || made.length !== COUNT) throw error ?? new Error(`${made.length} items`);
			if (round >= WARM_UP) measured[name].push((user + system) / 1000);
		}
	}
	console.log(JSON.stringify(measured));
}

/** The work of any node that creates a record for each item with n8n's helper. */
async function bareLoop(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const made: INodeExecutionData[] = [];
	let next = 0;
	const lane = async () => {
		while (next < items.length) {
			const item = next++;
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'oneCrmApi', {
				method: 'POST',
				url: 'data/Contact',
				body: { data: items[item].json },
				json: true,
			});
			made[item] = { json, pairedItem: { item } };
		}
	};
	await Promise.all(Array.from({ length: PARALLEL }, lane));
	return [made];
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
