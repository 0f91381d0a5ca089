import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const COUNT = 105;

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	for (let index = 0; index < COUNT; index++) {
		sandbox.insert('Contact', { first_name: 'No', last_name: String(index) });
	}
});

const CONTACTS: INodeParameters = { module: { __rl: true, mode: 'list', value: 'Contact' } };

const search = (rest: { filter?: string; paginationToken?: string } = {}, parameters = CONTACTS) =>
	engine.listSearch('searchRecords', parameters, { ...rest, path: 'parameters.recordId' });

it('shows records by what people call them', async () => {
	const { results } = await search({ filter: 'No 104' });
	const record = sandbox.records('Contact').at(-1);
	expect(results).toEqual([{ name: 'No 104', value: record?.id }]);
	expect(workOf(sandbox)[0].query.filter_text).toBe('No 104');
});

it.each(['total_results', 'total_count'] as const)(
	'goes on page by page, by %s',
	async (totalKey) => {
		sandbox.variants.totalKey = totalKey;
		const values: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await search({ paginationToken });
			values.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken !== undefined && sentTo(sandbox).length < 10);
		const ids = sandbox.records('Contact').map(({ id }) => id);
		expect([...values].sort()).toEqual([...ids].sort());
		expect(sentTo(sandbox)).toHaveLength(3);
	},
);

it.each(['list', 'map'] as const)('shows records that come as a %s', async (recordsShape) => {
	sandbox.variants.recordsShape = recordsShape;
	expect((await search({ filter: 'No 104' })).results).toHaveLength(1);
});

it.each(['missing', 'null', 'zero', 'page'] as const)(
	'goes on behind a full page where the number of all is %s',
	async (total) => {
		sandbox.variants.total = total;
		expect((await search()).paginationToken).toBe('50');
		expect((await search({ paginationToken: '100' })).paginationToken).toBeUndefined();
	},
);

it('shows closed records, too', async () => {
	const quote = sandbox.insert('Quote', { name: 'Won', quote_stage: 'Closed Accepted' });
	const { results } = await search({ filter: 'Won' }, { module: 'Quote' });
	expect(results).toMatchObject([{ value: quote }]);
});

it('pages through what a text finds', async () => {
	const first = await search({ filter: 'no 1' });
	expect(first.results).toHaveLength(16);
	expect(first.paginationToken).toBeUndefined();
});

it('goes on from what a server gave that makes smaller pages', async () => {
	sandbox.variants.maxPageSize = 20;
	const { results, paginationToken } = await search();
	expect(results).toHaveLength(20);
	expect(paginationToken).toBe('20');
});

it('ends where a page comes back empty', async () => {
	const { results, paginationToken } = await search({ paginationToken: String(COUNT) });
	expect(results).toEqual([]);
	expect(paginationToken).toBeUndefined();
});

it.each([
	[{ id: '1', _display: 'Shown', name: 'Name' }, 'Shown'],
	[{ id: '1', _display: null, name: 'Name' }, 'Name'],
	[{ id: '1', _display: '', name: null }, '1'],
])('calls %j "%s"', async (record, name) => {
	const body = { records: [record], total_results: 1 };
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data/ });
	expect((await search()).results).toEqual([{ name, value: '1' }]);
});

it('takes the module as a plain text too', async () => {
	expect((await search({ filter: 'No 7' }, { module: 'Contact' })).results).not.toEqual([]);
});

it('shows nothing and asks nothing before a module is chosen', async () => {
	const none: INodeParameters = { module: { __rl: true, mode: 'list', value: '' } };
	expect((await search({}, none)).results).toEqual([]);
	expect(sandbox.requests).toEqual([]);
});
