import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	for (const [last_name, date_modified] of [
		['Before', '2026-03-01 07:59:59'],
		['At', '2026-03-01 08:00:00'],
		['After', '2026-03-01 08:00:01'],
		['Last', '2026-03-02 00:00:00'],
	]) {
		sandbox.insert('Contact', { last_name, date_modified });
	}
});
beforeEach(() => {
	engine.timezone = 'Europe/Vienna';
});

const changes = (modifiedAfter: string, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Contact',
	...rest,
	options: { modifiedAfter, ...(rest.options as INodeParameters | undefined) },
});

async function changed(modifiedAfter: string, rest?: INodeParameters): Promise<unknown[]> {
	return (await engine.items(changes(modifiedAfter, rest))).map(({ last_name }) => last_name);
}

it.each([
	['2026-03-01T08:00:00Z', ['Last', 'After']],
	['2026-03-01T07:59:59Z', ['Last', 'After', 'At']],
	['2026-03-01T09:00:00+01:00', ['Last', 'After']],
	['2026-03-01T09:00:00', ['Last', 'After']],
	['2026-03-01 08:00:00', ['Last', 'After']],
	['={{ DateTime.fromISO("2026-03-01T08:00:00Z") }}', ['Last', 'After']],
	['2026-03-02T00:00:00Z', []],
])('after %s gives %j, newest first and to the second', async (moment, names) => {
	expect(await changed(moment)).toEqual(names);
});

it('reads a time without a zone in that of the workflow', async () => {
	engine.timezone = 'America/New_York';
	expect(await changed('2026-03-01T03:00:00')).toEqual(['Last', 'After']);
});

it('asks for the newest first, with the time of the change', async () => {
	await changed('2026-03-01T08:00:00Z', { returnFields: ['last_name'] });
	expect(workOf(sandbox)[0].query).toMatchObject({
		order: 'date_modified DESC, id',
		fields: ['id', 'last_name', 'date_modified'],
	});
});

it('keeps to the limit', async () => {
	expect(await changed('2026-03-01T07:00:00Z', { limit: 2 })).toEqual(['Last', 'After']);
});

it('stops reading at the first record that is older', async () => {
	sandbox.variants.maxPageSize = 2;
	const all = { returnAll: true };
	expect(await changed('2026-03-01T08:00:01Z', all)).toEqual(['Last']);
	expect(sentTo(sandbox)).toHaveLength(1);
	expect(await changed('2026-03-01T07:00:00Z', all)).toEqual(['Last', 'After', 'At', 'Before']);
});

it('combines with a filter', async () => {
	const filters = { conditions: [{ filter: 'last_name', value: 'After' }] };
	expect(await changed('2026-03-01T07:00:00Z', { filters })).toEqual(['After']);
});

it('refuses what is no date, naming the option', async () => {
	const error = await engine.failure(changes('yesterday'));
	expect(error.message).toMatch(/^'Modified After' takes a date and time.*not "yesterday"$/);
	expect(sentTo(sandbox)).toEqual([]);
});

it('refuses another order', async () => {
	const rest = { options: { sortField: 'last_name' } };
	const error = await engine.failure(changes('2026-03-01T08:00:00Z', rest));
	expect(error.message).toBe("'Modified After' returns the newest first. Remove 'Sort Field'");
	expect(sentTo(sandbox)).toEqual([]);
});

it('fails when the server does not keep to the order', async () => {
	const records = ['2026-03-01 09:00:00', '2026-03-01 10:00:00'].map((date_modified, index) => ({
		id: String(index),
		date_modified,
	}));
	sandbox.failNext(
		{ kind: 'status', status: 200, body: { records, total_results: 2 } },
		{ path: /^\/data/ },
	);
	const error = await engine.failure(changes('2026-03-01T08:00:00Z'));
	expect(error.message).toContain("didn't return the newest records first");
});
