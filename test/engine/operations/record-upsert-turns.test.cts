import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { itemsOf, upsertingInput, writesOf } from '../upserting.cts';

const LATENCY_MS = 30;

const { sandbox, engine } = engineWithSandbox();

beforeAll(async () => {
	await engine.items(getMe);
});
beforeEach(() => sandbox.clear('Contact'));

const byEmail = (parallelRequests = 8) =>
	upsertingInput(['email1'], { options: { parallelRequests } });

const contact = (email1: string, title: string) => ({ last_name: 'Berg', email1, title });

describe.each([1, 8])('items with the same new key, %i at a time', (parallelRequests) => {
	it('make one record, which has the values of the last', async () => {
		const titles = ['A', 'B', 'C', 'D'];
		const items = itemsOf(titles.map((title) => contact('ada@berg.example', title)));
		const upserted = await engine.items(byEmail(parallelRequests), { items });
		const [stored, ...others] = sandbox.records('Contact');
		expect(others).toEqual([]);
		expect(stored.title).toBe('D');
		expect(upserted.map(({ id }) => id)).toEqual(titles.map(() => stored.id));
		expect(upserted.map(({ title }) => title)).toEqual(titles);
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual([
			'created',
			'updated',
			'updated',
			'updated',
		]);
	});

	it('keep their order if the first one has to look up a reference', async () => {
		sandbox.clear('Account');
		const account = sandbox.insert('Account', { name: 'Berg GmbH' });
		sandbox.failNext({ kind: 'late' }, { path: /^\/data\/Account/ });
		const items = itemsOf(
			['Berg GmbH', account, account].map((primary_account_id, index) => ({
				...contact('ada@berg.example', `Title ${index}`),
				primary_account_id,
			})),
		);
		const options = { parallelRequests, referencesByName: true };
		await engine.items(upsertingInput(['email1'], { options }), { items });
		expect(sandbox.records('Contact')).toMatchObject([{ title: 'Title 2' }]);
	});

	it('look for it once', async () => {
		const items = itemsOf(['A', 'B', 'C'].map((title) => contact('ada@berg.example', title)));
		await engine.items(byEmail(parallelRequests), { items });
		const [{ id }] = sandbox.records('Contact');
		const changing = `PATCH /data/Contact/${id}`;
		expect(sentTo(sandbox)).toEqual([
			'GET /data/Contact',
			'POST /data/Contact',
			changing,
			changing,
		]);
	});

	it.each([
		['case', 'email1', 'ada@berg.example', 'ADA@Berg.example'],
		['blanks', 'email1', 'ada@berg.example', ' ada@berg.example '],
		['punctuation', 'phone_work', '+43 1 5550100', '+43-1-555 01 00'],
	])('are the same whatever %s', async (_what, column, one, other) => {
		const items = itemsOf([one, other].map((key) => ({ last_name: 'Berg', [column]: key })));
		const parameters = upsertingInput([column], { options: { parallelRequests } });
		const upserted = await engine.items(parameters, { items });
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['created', 'unchanged']);
		expect(sandbox.records('Contact')).toHaveLength(1);
	});

	it('are created by the second when the first could not be', async () => {
		sandbox.failNext({ kind: 'status', status: 500, message: 'Broken' }, { method: 'POST' });
		const items = itemsOf(['A', 'B', 'C'].map((title) => contact('ada@berg.example', title)));
		const run = await engine.run(byEmail(parallelRequests), { items, continueOnFail: true });
		expect(run.items.map(({ json }) => json.error ?? json._upsert)).toEqual([
			'Broken. 1CRM may have applied this change anyway. Check before you retry',
			'created',
			'updated',
		]);
		expect(sandbox.records('Contact')).toMatchObject([{ title: 'C' }]);
	});

	it('are found by the second when only the answer to the first was lost', async () => {
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST' });
		const items = itemsOf(['A', 'B'].map((title) => contact('ada@berg.example', title)));
		const run = await engine.run(byEmail(parallelRequests), { items, continueOnFail: true });
		const [{ id }] = sandbox.records('Contact');
		expect(run.items[0].json.error).toEqual(expect.any(String));
		expect(run.items[1].json).toMatchObject({ id, title: 'B', _upsert: 'updated' });
		expect(sandbox.records('Contact')).toHaveLength(1);
		expect(writesOf(sandbox).map(({ method }) => method)).toEqual(['POST', 'PATCH']);
	});

	it('are created by the second when the first was cut off before', async () => {
		sandbox.failNext({ kind: 'resetBefore' }, { method: 'POST' });
		const items = itemsOf(['A', 'B'].map((title) => contact('ada@berg.example', title)));
		const run = await engine.run(byEmail(parallelRequests), { items, continueOnFail: true });
		expect(run.items.map(({ json }) => json._upsert)).toEqual([undefined, 'created']);
		expect(sandbox.records('Contact')).toHaveLength(1);
	});

	it('are all told when there are two records already', async () => {
		sandbox.insert('Contact', contact('ada@berg.example', 'X'));
		sandbox.insert('Contact', contact('ada@berg.example', 'X'));
		const items = itemsOf(['A', 'B'].map((title) => contact('ada@berg.example', title)));
		const run = await engine.run(byEmail(parallelRequests), { items, continueOnFail: true });
		const said = expect.stringContaining('More than one Contact');
		expect(run.items.map(({ json }) => json.error)).toEqual([said, said]);
		expect(writesOf(sandbox)).toEqual([]);
	});
});

it('does not send a create whose answer was lost a second time', async () => {
	sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST' });
	const items = itemsOf([contact('ada@berg.example', 'A')]);
	const error = await engine.failure(byEmail(), { items });
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact', 'POST /data/Contact']);
	expect(sandbox.records('Contact')).toHaveLength(1);
});

it('lets different keys not wait for one another', async () => {
	sandbox.gather(8, { method: 'GET', path: /^\/data/ });
	const keys = Array.from({ length: 8 }, (_, index) => contact(`${index}@berg.example`, 'A'));
	await engine.items(byEmail(), { items: itemsOf(keys) });
	expect(sandbox.inFlightPeak).toBe(8);
});

it('has one request under way for one key', async () => {
	await engine.items(byEmail(), { items: itemsOf([contact('first@berg.example', 'A')]) });
	sandbox.clearRequests();
	sandbox.latency = LATENCY_MS;
	const same = Array.from({ length: 8 }, () => contact('ada@berg.example', 'A'));
	await engine.items(byEmail(), { items: itemsOf(same) });
	expect(sandbox.inFlightPeak).toBe(1);
});

it('looks again in the next execution', async () => {
	const items = itemsOf([contact('ada@berg.example', 'A')]);
	await engine.items(byEmail(), { items });
	sandbox.clear('Contact');
	expect(await engine.items(byEmail(), { items })).toMatchObject([{ _upsert: 'created' }]);
});

it('keeps keys of different modules apart', async () => {
	const parameters = {
		...upsertingInput(['last_name']),
		module: '={{ $json.module }}',
	};
	const items = itemsOf(['Contact', 'Lead'].map((module) => ({ module, last_name: 'Berg' })));
	const upserted = await engine.items(parameters, { items });
	expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['created', 'created']);
	expect(sandbox.records('Lead')).toHaveLength(1);
	sandbox.clear('Lead');
});
