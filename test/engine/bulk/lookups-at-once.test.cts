import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clientOf } from '../../support/client.cts';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';
import { sentTo, workOf } from '../sent.cts';
import { until } from '../../support/until.cts';
import { itemsOf, upserting, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(async () => {
	await engine.items(getMe);
});
beforeEach(() => {
	sandbox.clear('Contact');
	sandbox.clear('Lead');
});

const person = (number: number): IDataObject => ({
	last_name: `Name ${number}`,
	email1: `person-${number}@berg.example`,
	title: 'Head',
});

const people = (count: number, from = 0): IDataObject[] =>
	Array.from({ length: count }, (_, index) => person(from + index));

function fill(records: IDataObject[], model = 'Contact'): string[] {
	return records.map((record) => sandbox.insert(model, record));
}

/** The requests that looked for one record. */
const lookupsOf = () =>
	workOf(sandbox).filter(({ method, query }) => {
		const filters = (query.filters ?? {}) as IDataObject;
		return method === 'GET' && filters.any_email !== undefined;
	});

const LIST = 'GET /data/Contact';
/** The number of records, a page, and whether there is more of it. */
const reading = () => [LIST, LIST, LIST];

const byEmail = upsertingInput(['email1']);
const verbs = (upserted: IDataObject[]) => upserted.map(({ _upsert }) => _upsert);

describe('Many items that look for records of one module', () => {
	it('read it once, and write what changed: 2,000 upserts, 20 of them of changed records', async () => {
		const records = people(2000);
		fill(records);
		const feed = records.map((record, index) =>
			index % 100 === 0 ? { ...record, title: 'Chief' } : record,
		);
		const upserted = await engine.items(byEmail, { items: itemsOf(feed) });
		expect(upserted.map(({ email1 }) => email1)).toEqual(feed.map(({ email1 }) => email1));
		expect(verbs(upserted).filter((verb) => verb === 'updated')).toHaveLength(20);
		expect(writesOf(sandbox)).toHaveLength(20);
		expect(sandbox.requests.length).toBeLessThanOrEqual(120);
		expect(lookupsOf()).toEqual([]);

		sandbox.clearRequests();
		const again = await engine.items(byEmail, { items: itemsOf(feed) });
		expect(new Set(verbs(again))).toEqual(new Set(['unchanged']));
		expect(writesOf(sandbox)).toEqual([]);
	});

	it('look up a record each where the module is large: 5 upserts into 20,000 records', async () => {
		fill(people(20_000));
		const feed = people(5, 7000).map((record) => ({ ...record, title: 'Chief' }));
		await engine.items(byEmail, { items: itemsOf(feed) });
		expect(sandbox.requests.length).toBeLessThanOrEqual(12);
		expect(writesOf(sandbox)).toHaveLength(5);
	});

	it('ask for the number of records before they read a large module', async () => {
		fill(people(1000));
		await engine.items(byEmail, { items: itemsOf(people(12)) });
		expect(lookupsOf()).toHaveLength(12);
		expect(sentTo(sandbox)).toHaveLength(13);
	});

	it('look up by itself what is not among what was read, before they create it', async () => {
		fill(people(30));
		const feed = people(40);
		const upserted = await engine.items(byEmail, { items: itemsOf(feed) });
		expect(verbs(upserted).filter((verb) => verb === 'created')).toHaveLength(10);
		expect(lookupsOf().map(({ query }) => (query.filters as IDataObject).any_email)).toEqual(
			feed.slice(30).map(({ email1 }) => email1),
		);
		expect(sandbox.records('Contact')).toHaveLength(40);
	});

	it('make no twin of a record that somebody created meanwhile', async () => {
		fill(people(30));
		sandbox.hold({ method: 'PATCH' });
		const feed = [{ ...person(0), title: 'Chief' }, ...people(40, 1)];
		const parameters = upsertingInput(['email1'], { options: { parallelRequests: 1 } });
		const running = engine.items(parameters, { items: itemsOf(feed) });
		await until(() => sandbox.held === 1);
		fill(people(11, 30));
		sandbox.release();
		const upserted = await running;
		expect(sandbox.records('Contact')).toHaveLength(41);
		expect(verbs(upserted)).not.toContain('created');
	});

	it('create a record again that was deleted meanwhile', async () => {
		const [first, ...others] = fill(people(30));
		sandbox.hold({ method: 'PATCH' });
		const feed = [{ ...person(0), title: 'Chief' }, ...people(20, 1)];
		const running = engine.items(byEmail, { items: itemsOf(feed) });
		await until(() => sandbox.held === 1);
		await clientOf(sandbox).delete(`/data/Contact/${first}`);
		sandbox.release();
		const [created] = await running;
		expect(created).toMatchObject({ title: 'Chief', _upsert: 'created' });
		expect(sandbox.records('Contact').map(({ id }) => id)).toEqual([...others, created.id]);
	});

	it('name both records that one item matches, as a lookup does', async () => {
		fill(people(30));
		fill([{ ...person(3), last_name: 'Twin' }]);
		const { items } = await engine.run(byEmail, {
			items: itemsOf(people(30)),
			continueOnFail: true,
		});
		expect(items[3].json.error).toContain('More than one Contact matches email1');
		expect(items[3].json.error).toContain('Twin');
		expect(items.filter(({ json }) => json.error)).toHaveLength(1);
	});

	it('are told what that saved', async () => {
		fill(people(250));
		const hints = await hintsOf(engine, byEmail, people(250));
		expect(hints.map(({ message }) => message)).toEqual([
			'Instead of up to 250 lookups, one for each record, 2 pages with 250 records of Contact were read',
		]);
	});

	it('recognise them by their ids', async () => {
		const ids = fill(people(30));
		const feed = ids.map((id, index): IDataObject => ({ id, ...person(index) }));
		feed[7].title = 'Chief';
		const upserted = await engine.items(upsertingInput(['id']), { items: itemsOf(feed) });
		expect(verbs(upserted).filter((verb) => verb === 'updated')).toHaveLength(1);
		expect(sentTo(sandbox)).toEqual([...reading(), `PATCH /data/Contact/${ids[7]}`]);
	});

	it('read the part that a value which all have in common leaves', async () => {
		fill(people(1000));
		const few = Array.from({ length: 20 }, (_, index) => ({
			last_name: 'Common',
			first_name: `First ${index}`,
			title: 'Head',
		}));
		fill(few);
		const parameters = upsertingInput(['last_name', 'first_name']);
		const upserted = await engine.items(parameters, { items: itemsOf(few) });
		expect(new Set(verbs(upserted))).toEqual(new Set(['unchanged']));
		expect(sentTo(sandbox)).toEqual(reading());
		expect(workOf(sandbox)[1].query.filters).toMatchObject({ last_name: 'Common' });
	});

	it('do so with values that the mapper defines, one of them for all', async () => {
		fill(people(1000));
		const few = Array.from({ length: 20 }, (_, index) => ({
			last_name: 'Common',
			first_name: `First ${index}`,
		}));
		fill(few);
		const value = { last_name: 'Common', first_name: '={{ $json.first_name }}', title: 'Head' };
		const upserted = await engine.items(upserting(value, ['last_name', 'first_name']), {
			items: itemsOf(few),
		});
		expect(new Set(verbs(upserted))).toEqual(new Set(['updated']));
		expect(sentTo(sandbox).filter((sent) => sent === LIST)).toEqual(reading());
	});

	it('are counted by module', async () => {
		fill(people(100));
		fill(people(100), 'Lead');
		const parameters = { ...byEmail, module: '={{ $json.module }}' };
		const feed = [
			...people(3).map((record) => ({ ...record, module: 'Lead' })),
			...people(50).map((record) => ({ ...record, module: 'Contact' })),
		];
		const upserted = await engine.items(parameters, { items: itemsOf(feed) });
		expect(new Set(verbs(upserted))).toEqual(new Set(['unchanged']));
		const sent = sentTo(sandbox);
		expect(sent.filter((one) => one === 'GET /data/Lead')).toHaveLength(3);
		expect(sent.filter((one) => one === LIST)).toEqual(reading());
	});

	it('are counted without those that look for the same record', async () => {
		fill(people(1000));
		const feed = Array.from({ length: 100 }, (_, index) => person(index % 5));
		await engine.items(byEmail, { items: itemsOf(feed) });
		expect(sentTo(sandbox)).toHaveLength(5);
	});
});

describe('What keeps the module from being read', () => {
	const DATA = { path: /^\/data\/Contact$/ };
	const feed = people(20);

	it.each<[string, () => void]>([
		[
			'a list that is too much for the server',
			() => sandbox.failNext({ kind: 'status', status: 500 }, { ...DATA, after: 1, times: 2 }),
		],
		['a refused number of records', () => sandbox.failNext({ kind: 'status', status: 500 }, DATA)],
		['a total that is missing', () => (sandbox.variants.total = 'missing')],
		['a total of the page', () => (sandbox.variants.total = 'page')],
	])('leaves the lookups: %s', async (_what, spoil) => {
		fill(feed);
		spoil();
		const upserted = await engine.items(byEmail, { items: itemsOf(feed) });
		expect(new Set(verbs(upserted))).toEqual(new Set(['unchanged']));
		const looked = lookupsOf().map(({ query }) => (query.filters as IDataObject).any_email);
		expect(new Set(looked).size).toBe(20);
	});

	it('is said once if 1CRM does not answer', async () => {
		fill(feed);
		sandbox.failNext({ kind: 'resetBefore' }, { ...DATA, times: Infinity });
		const error = await engine.failure(byEmail, { items: itemsOf(feed) });
		expect(error.message).toContain('was lost');
		expect(lookupsOf()).toEqual([]);
	});

	it('is said if it keeps the lookups from working too', async () => {
		sandbox.failNext(
			{ kind: 'status', status: 400, message: 'No rights' },
			{ ...DATA, times: Infinity },
		);
		const error = await engine.failure(byEmail, { items: itemsOf(feed) });
		expect(error.message).toContain('No rights');
		expect(writesOf(sandbox)).toEqual([]);
	});
});

it('does not compare with what was read more than a minute ago', async () => {
	const feed = people(30);
	fill(feed);
	let now = 0;
	const parameters = { ...byEmail, options: { parallelRequests: 1 } } as INodeParameters;
	vi.spyOn(performance, 'now').mockImplementation(() => (now += 3_000));
	const upserted = await engine.items(parameters, { items: itemsOf(feed) });
	expect(new Set(verbs(upserted))).toEqual(new Set(['unchanged']));
	expect(lookupsOf().length).toBeGreaterThan(0);
	expect(lookupsOf().length).toBeLessThan(30);
});
