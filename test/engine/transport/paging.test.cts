import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/engine/engine.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { until } from '../../support/until.cts';

const LIST = '/data/Account';

const searchAll = {
	resource: 'record',
	operation: 'search',
	module: 'Account',
	returnAll: true,
	options: { sortField: 'name' },
};

const searchSome = (limit: number) => ({ ...searchAll, returnAll: false, limit });

const numbered = (number: number) => `Account ${String(number).padStart(4, '0')}`;

const names = (items: IDataObject[]) => items.map(({ name }) => name);

describe('A search over pages', () => {
	const { sandbox, engine } = engineWithSandbox({
		variants: { limitAboveMax: 'reject' },
		perTest: true,
	});

	/** Stores so many accounts, in an order that is not the one asked for, and returns their names sorted. */
	async function fill(count: number): Promise<string[]> {
		const sorted = Array.from({ length: count }, (_, number) => numbered(number));
		for (const name of [...sorted].reverse()) sandbox.insert('Account', { name });
		await engine.items(searchSome(1));
		sandbox.clearRequests();
		return sorted;
	}

	const pages = () => sandbox.requests.filter(({ path }) => path === LIST);
	const offsets = () => pages().map(({ query }) => Number(query.offset));

	/** Runs a search and changes a record while the pages after the first are being fetched. */
	async function changeMeanwhile(change: () => void): Promise<ReturnType<Engine['run']>> {
		sandbox.hold({ path: /^\/data/, after: 1 });
		const running = engine.run(searchAll);
		await until(() => sandbox.held > 0);
		change();
		sandbox.release();
		return await running;
	}

	it.each([
		[0, 1],
		[1, 1],
		// Nothing tells a list of one whole page from a server that counts the page alone.
		[200, 2],
		[201, 2],
		[1000, 5],
	])('returns %i records in order, with %i requests', async (count, requests) => {
		const expected = await fill(count);
		expect(names(await engine.items(searchAll))).toEqual(expected);
		expect(pages()).toHaveLength(requests);
		expect(pages().every(({ status }) => status === 200)).toBe(true);
		expect(Math.max(...pages().map(({ query }) => Number(query.limit)))).toBeLessThanOrEqual(200);
	});

	it.each([
		[50, 201, 5],
		[7, 100, 15],
		[50, 1000, 20],
	])('takes pages of %i from a server that gives no more', async (maxPageSize, count, requests) => {
		sandbox.variants.maxPageSize = maxPageSize;
		const expected = await fill(count);
		expect(names(await engine.items(searchAll))).toEqual(expected);
		expect(pages()).toHaveLength(requests);
	});

	it('takes smaller pages up to the limit', async () => {
		sandbox.variants.maxPageSize = 7;
		const expected = await fill(100);
		expect(names(await engine.items(searchSome(20)))).toEqual(expected.slice(0, 20));
		expect(offsets()).toEqual([0, 7, 14]);
	});

	it('reads the total under its other name', async () => {
		sandbox.variants.totalKey = 'total_count';
		const expected = await fill(450);
		expect(names(await engine.items(searchAll))).toEqual(expected);
		expect(offsets()).toEqual([0, 200, 400]);
	});

	it.each([0, 1, 200, 201, 450])('returns %i records without a total', async (count) => {
		sandbox.variants.total = 'missing';
		const expected = await fill(count);
		expect(names(await engine.items(searchAll))).toEqual(expected);
	});

	it.each([
		[1, [1]],
		[200, [200]],
		[250, [200, 50]],
		[5000, [200, 200, 50]],
	])('asks for no more than a limit of %i needs', async (limit, sizes) => {
		const expected = await fill(450);
		const records = await engine.items(searchSome(limit));
		expect(names(records)).toEqual(expected.slice(0, limit));
		expect(pages()).toHaveLength(sizes.length);
		expect(pages().map(({ query }) => Number(query.limit))).toEqual(
			limit > 450 ? expect.anything() : sizes,
		);
	});

	it('returns no record twice when others are added in front meanwhile', async () => {
		const expected = await fill(700);
		const { items } = await changeMeanwhile(() => {
			for (let number = 0; number < 5; number++) sandbox.insert('Account', { name: `A ${number}` });
		});
		const found = names(items.map(({ json }) => json));
		expect(new Set(found).size).toBe(found.length);
		expect(found.slice(0, 200)).toEqual(expected.slice(0, 200));
		expect(found).toEqual(expected);
	});

	it('ends when records vanish meanwhile', async () => {
		const expected = await fill(700);
		const { items, error } = await changeMeanwhile(() => sandbox.clear('Account'));
		expect(error).toBeUndefined();
		expect(names(items.map(({ json }) => json))).toEqual(expected.slice(0, 200));
	});

	it('fails as a whole when a page in the middle does, and says why', async () => {
		await fill(1000);
		const { items, error } = await changeMeanwhile(() =>
			sandbox.failNext({ kind: 'status', status: 500, message: 'Out of memory' }),
		);
		expect(error?.message).toBe('Out of memory');
		expect(items).toEqual([]);
	});

	it('survives a page in the middle that is busy', async () => {
		const expected = await fill(1000);
		const { items } = await changeMeanwhile(() =>
			sandbox.failNext({ kind: 'status', status: 503, message: 'Busy' }),
		);
		expect(names(items.map(({ json }) => json))).toEqual(expected);
	});

	it.each([1, 3, 8])('has no more than %i requests under way, and as many', async (width) => {
		sandbox.variants.maxPageSize = 50;
		const expected = await fill(1000);
		sandbox.gather(width, { path: /^\/data/, after: 1 });
		const options = { ...searchAll.options, parallelRequests: width };
		expect(names(await engine.items({ ...searchAll, options }))).toEqual(expected);
		expect(sandbox.inFlightPeak).toBe(width);
	});

	it('begins with eight requests at once unless told otherwise', async () => {
		sandbox.variants.maxPageSize = 50;
		const expected = await fill(1000);
		sandbox.hold({ path: /^\/data/, after: 1 });
		const running = engine.items(searchAll);
		await until(() => sandbox.held >= 8);
		// What had been sent with those would have come before this.
		await engine.items({ resource: 'user', operation: 'getMe' });
		expect(sandbox.held).toBe(8);
		sandbox.release();
		expect(names(await running)).toEqual(expected);
	});

	it('tells what the answer holds when there is no list in it', async () => {
		sandbox.failNext({ kind: 'errorsIn200', body: { rows: [], count: 3 } }, { path: /Account$/ });
		await engine.items({ resource: 'field', operation: 'getAll', module: 'Contact' });
		const error = await engine.failure({ ...searchAll, options: {} });
		expect(error.message).toBe('1CRM answered without a list of records');
		expect(error.description).toBe('The answer contains: rows, count');
	});
});
