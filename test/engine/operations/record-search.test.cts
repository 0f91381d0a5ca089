import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	for (const [first_name, last_name, title] of [
		['Ada', 'Berg', 'Engineer'],
		['Eva', 'Holm', 'Buyer'],
		['Ines', 'Berg', 'Accountant'],
	]) {
		sandbox.insert('Contact', { first_name, last_name, title });
	}
	sandbox.insert('Quote', { name: 'Open', quote_stage: 'Draft' });
	sandbox.insert('Quote', { name: 'Lost', quote_stage: 'Closed Lost' });
});

const searching = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Contact',
	...rest,
});

async function firstNames(rest: INodeParameters): Promise<unknown[]> {
	return (await engine.items(searching(rest))).map(({ first_name }) => first_name);
}

it('returns what 1CRM lists when nothing is asked for', async () => {
	const records = await engine.items(searching());
	expect(records).toHaveLength(3);
	expect(Object.keys(records[0]).sort()).toEqual([
		'_display',
		'first_name',
		'id',
		'last_name',
		'name',
		'salutation',
	]);
	expect(workOf(sandbox)[0].query).toEqual({ offset: '0', limit: '50' });
});

it('finds by text', async () => {
	expect(await firstNames({ filterText: ' ines ' })).toEqual(['Ines']);
	expect(workOf(sandbox)[0].query.filter_text).toBe('ines');
});

it.each(['={{ "true" }}', '={{ 1 }}', true])('returns all where that is %s', async (returnAll) => {
	const found = await engine.items(searching({ returnAll, limit: 1 }));
	expect(found).toHaveLength(3);
});

it('says so where an expression for a switch gives neither on nor off', async () => {
	for (const rest of [
		{ returnAll: '={{ "all" }}' },
		{ options: { includeClosed: '={{ "maybe" }}' } },
	]) {
		const error = await engine.failure(searching(rest));
		expect(error.message).toMatch(/^'(Return All|Include Closed)' must be true or false, not "/);
		expect(sentTo(sandbox)).toEqual([]);
	}
});

it('gives no item where nothing matches, with one request', async () => {
	expect(await engine.items(searching({ filterText: 'nobody' }))).toEqual([]);
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact']);
});

it.each(['={{ "" }}', '={{ null }}', '={{ $json.missing }}', '={{ "  " }}'])(
	'refuses the text %s, which would match every record',
	async (filterText) => {
		const error = await engine.failure(searching({ filterText }));
		expect(error.message).toMatch(/'Search Text' has an empty result/);
		expect(error.context.itemIndex).toBe(0);
		expect(sentTo(sandbox)).toEqual([]);
	},
);

it('gives no more than the limit', async () => {
	expect(await engine.items(searching({ limit: 2 }))).toHaveLength(2);
	expect(workOf(sandbox)[0].query.limit).toBe('2');
});

it.each([
	['ASC', ['Accountant', 'Buyer', 'Engineer'], 'title'],
	['DESC', ['Engineer', 'Buyer', 'Accountant'], 'title DESC'],
])('sorts %s', async (sortDirection, titles, order) => {
	const options = { sortField: 'title', sortDirection };
	const records = await engine.items(searching({ returnFields: ['title'], options }));
	expect(records.map(({ title }) => title)).toEqual(titles);
	expect(workOf(sandbox)[0].query.order).toBe(`${order}, id`);
});

it('returns the chosen fields with the id', async () => {
	const [record] = await engine.items(searching({ filterText: 'Ines', returnFields: 'title' }));
	expect(record).toMatchObject({ title: 'Accountant' });
	expect(sandbox.record('Contact', String(record.id))?.first_name).toBe('Ines');
	expect(workOf(sandbox)[0].query.fields).toEqual(['id', 'title']);
});

it('converts values when asked to', async () => {
	const returnFields = ['do_not_call', 'date_entered', 'newsletter_topics'];
	const [record] = await engine.items(
		searching({ returnFields, options: { convertValues: true } }),
	);
	expect(record).toMatchObject({ do_not_call: false, newsletter_topics: [] });
	expect(record.date_entered).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

it.each([
	[false, ['Open']],
	[true, ['Lost', 'Open']],
])('with includeClosed %s gives %j', async (includeClosed, names) => {
	const options = { includeClosed, sortField: 'name' };
	const quotes = await engine.items(searching({ module: 'Quote', options }));
	expect(quotes.map(({ name }) => name)).toEqual(names);
});

it('sends no closed-records filter to a module that has none', async () => {
	expect(await firstNames({ options: { includeClosed: true } })).toHaveLength(3);
	expect(workOf(sandbox)[0].query.filters).toBeUndefined();
});

it('searches for each item and pairs what it finds', async () => {
	const { items } = await engine.run(searching({ filterText: '={{ $json.text }}' }), {
		items: ['Berg', 'nobody', 'Eva'].map((text) => ({ json: { text } })),
	});
	expect(items.map(({ json, pairedItem }) => [json.first_name, pairedItem])).toEqual([
		['Ada', { item: 0 }],
		['Ines', { item: 0 }],
		['Eva', { item: 2 }],
	]);
});

it.each([
	['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
	['plain text', { kind: 'notJson' }, "This address doesn't answer like a 1CRM API"],
	['no list', { kind: 'status', status: 200, body: {} }, '1CRM answered without a list of records'],
	['an error', { kind: 'status', message: 'Out of memory' }, 'Out of memory'],
	['errors with status 200', { kind: 'errorsIn200', message: 'Not now' }, 'Not now'],
] as const)('never takes %s for an empty result', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: /^\/data/ });
	const error = await engine.failure(searching());
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(0);
});
