import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, IDataDeduplicator, INodeParameters } from 'n8n-workflow';
import type { PublishedWorkflow } from '../../support/engine/engine.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

const MESSAGE = /^n8n no longer has what the last run of this node remembered/;

/** What n8n has noted of the node in its database, which is not lost with the static data. */
const noted = new Set<string>();
let isDatabaseThere = true;

let published: PublishedWorkflow;
let count = 0;

beforeAll(async () => {
	const deduplicator: Partial<IDataDeduplicator> = {
		async checkProcessedAndRecord(items) {
			if (!isDatabaseThere) throw new Error('The database is gone');
			const isNoted = (item: unknown) => noted.has(String(item));
			const found = { new: items.filter((one) => !isNoted(one)), processed: items.filter(isNoted) };
			for (const item of items) noted.add(String(item));
			return found;
		},
	};
	await DataDeduplicationService.init(deduplicator as IDataDeduplicator);
});
beforeEach(() => {
	noted.clear();
	isDatabaseThere = true;
	published = { id: `forgotten ${++count}`, staticData: {} };
});

const getting = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'getChanges',
	module: 'Account',
	...rest,
});
const changed = async (rest: INodeParameters = {}): Promise<unknown[]> => {
	const items = await engine.items(getting(rest), { published });
	return items.map(({ record }) => (record as IDataObject).name);
};
const insert = (name: string) => sandbox.insert('Account', { name });

/** As a worker of n8n 2.41 sees it, or a retry of an execution in a process that was started since. */
function forget(): void {
	published = { id: `${published.id} in another process`, staticData: {} };
}

it('fails, again and again, rather than that changes are missed in silence', async () => {
	expect(await changed()).toEqual([]);
	forget();
	insert('Berg');
	for (const _ of [1, 2]) {
		const error = await engine.failure(getting(), { published });
		expect(error.message).toMatch(MESSAGE);
		expect(published.staticData).toEqual({});
	}
});

it("goes on with 'Start From'", async () => {
	const options = { startFrom: '2026-01-01' };
	insert('Berg');
	expect(await changed({ options })).toEqual(['Berg']);
	forget();
	expect(await changed({ options })).toEqual(['Berg']);
	insert('Tal');
	expect(await changed()).toEqual(['Tal']);
});

it('is not afraid after a first run that failed', async () => {
	sandbox.failNext({ kind: 'status', status: 403 }, { path: /^\/data/ });
	await engine.failure(getting(), { published });
	expect(await changed()).toEqual([]);
	insert('Berg');
	expect(await changed()).toEqual(['Berg']);
});

it('begins at the end for each module', async () => {
	expect(await changed()).toEqual([]);
	expect(await changed({ module: 'Contact' })).toEqual([]);
	insert('Berg');
	expect(await changed()).toEqual(['Berg']);
});

it('works where n8n can note nothing', async () => {
	isDatabaseThere = false;
	expect(await changed()).toEqual([]);
	insert('Berg');
	expect(await changed()).toEqual(['Berg']);
});
