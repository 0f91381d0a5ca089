import type { INodeParameters } from 'n8n-workflow';
import { getMe } from '../../support/engine/simple-operations.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';
import { upserting } from '../upserting.cts';

const COUNT = 150;

const { sandbox, engine } = engineWithSandbox({ perTest: true });

const names = Array.from({ length: COUNT }, (_, index) => `Name ${index}`);

const creating: INodeParameters = {
	...upserting({ last_name: '={{ $json.name }}' }, []),
	operation: 'create',
};
const getting: INodeParameters = {
	resource: 'record',
	operation: 'get',
	module: 'Contact',
	recordId: '={{ $json.id }}',
};

beforeEach(async () => {
	await engine.items(getMe);
	sandbox.clear('Contact');
	sandbox.clearRequests();
});

it('keeps to the room of a server that slows down, and creates each record once', async () => {
	sandbox.capacity = { room: 6, most: 12, refusal: 503 };
	sandbox.latency = 15;
	const made = await engine.items(creating, { items: names.map((name) => ({ json: { name } })) });
	expect(made.map(({ last_name }) => last_name)).toEqual(names);
	expect(sandbox.records('Contact')).toHaveLength(COUNT);
	expect(sandbox.inFlightPeak).toBeLessThanOrEqual(12);
});

it.each([429, 503] as const)(
	'goes on with less if a server answers %i to more',
	async (refusal) => {
		const ids = names.map((name) => sandbox.insert('Contact', { last_name: name }));
		sandbox.capacity = { room: Infinity, most: 5, refusal };
		sandbox.latency = 10;
		const got = await engine.items(getting, { items: ids.map((id) => ({ json: { id } })) });
		expect(got.map(({ id }) => id)).toEqual(ids);
		const refused = workOf(sandbox).filter(({ status }) => status === refusal);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused.length).toBeLessThan(20);
	},
);

it('counts files that are under way', async () => {
	const file = { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('content') };
	const id = await recordWithFile(sandbox, file);
	sandbox.clearRequests();
	sandbox.gather(2, { path: /download/ });
	const downloading = {
		resource: 'file',
		operation: 'download',
		module: 'Note',
		recordId: id,
		options: { parallelRequests: 2 },
	};
	await engine.items(downloading, { items: Array.from({ length: 6 }, () => ({ json: {} })) });
	expect(sandbox.inFlightPeak).toBe(2);
});
