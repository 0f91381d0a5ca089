import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemsOf, upserting, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const ada = { last_name: 'Berg', first_name: 'Ada', email1: 'ada@berg.example' };
const LIST = 'GET /data/Contact';

describe('a record that is not there', () => {
	it('is created with all values, after one look', async () => {
		const [created] = await engine.items(upserting(ada, ['email1']));
		const [stored] = sandbox.records('Contact');
		expect(created).toEqual({ id: stored.id, ...ada, _upsert: 'created' });
		expect(stored).toMatchObject(ada);
		expect(sentTo(sandbox)).toEqual([LIST, 'POST /data/Contact']);
	});

	it('is not created without a field that a new one needs', async () => {
		const error = await engine.failure(upserting({ email1: ada.email1 }, ['email1']));
		expect(error.message).toBe("A new Contact needs a value for 'Last Name' (last_name)");
		expect(writesOf(sandbox)).toEqual([]);
	});

	it('is returned as stored when asked to, with values converted', async () => {
		const options = { returnRecord: true, convertValues: true };
		const [created] = await engine.items(upserting(ada, ['email1'], { options }));
		expect(created).toMatchObject({
			name: 'Ada Berg',
			deleted: false,
			categories: [],
			_upsert: 'created',
		});
	});
});

describe('a record that is there', () => {
	let id: string;

	beforeEach(() => {
		const others = { title: 'Engineer', do_not_call: 1 };
		id = sandbox.insert('Contact', { ...ada, email1: 'Ada@Berg.example', ...others });
	});

	it('gets the other values; those matched on and those not given stay', async () => {
		const [updated] = await engine.items(upserting({ ...ada, first_name: 'Eva' }, ['email1']));
		expect(updated).toEqual({
			id,
			email1: 'ada@berg.example',
			last_name: 'Berg',
			first_name: 'Eva',
			_upsert: 'updated',
		});
		expect(sandbox.records('Contact')).toHaveLength(1);
		expect(sandbox.record('Contact', id)).toMatchObject({
			first_name: 'Eva',
			email1: 'Ada@Berg.example',
			title: 'Engineer',
			do_not_call: '1',
		});
		expect(sentTo(sandbox)).toEqual([LIST, `PATCH /data/Contact/${id}`]);
		expect(workOf(sandbox)[1].body).toEqual({
			data: { first_name: 'Eva' },
			create: false,
		});
	});

	it('needs no field that only a new one needs', async () => {
		const [updated] = await engine.items(
			upserting({ email1: ada.email1, title: 'Head' }, ['email1']),
		);
		expect(updated).toEqual({ id, email1: 'ada@berg.example', title: 'Head', _upsert: 'updated' });
	});

	it('is left alone when there is nothing but what it is recognised by', async () => {
		const [updated] = await engine.items(upserting({ email1: ada.email1 }, ['email1']));
		expect(updated).toEqual({ id, email1: 'ada@berg.example', _upsert: 'unchanged' });
		expect(sentTo(sandbox)).toEqual([LIST]);
	});

	it('has a field cleared by an expression that gives nothing', async () => {
		const value = { email1: ada.email1, title: '={{ "" }}', do_not_call: null };
		await engine.items(upserting(value, ['email1']));
		expect(workOf(sandbox)[1].body).toMatchObject({ data: { title: '' } });
		expect(sandbox.record('Contact', id)).toMatchObject({ title: '', do_not_call: '1' });
	});

	it('is returned as stored when asked to, with values converted', async () => {
		const options = { returnRecord: true, convertValues: true };
		const [updated] = await engine.items(
			upserting({ ...ada, title: 'Head' }, ['email1'], { options }),
		);
		expect(updated).toMatchObject({
			id,
			email1: 'Ada@Berg.example',
			title: 'Head',
			do_not_call: true,
			_upsert: 'updated',
		});
	});

	it('says that it was updated when only reading it back failed', async () => {
		sandbox.failNext(
			{ kind: 'status', status: 403, message: 'No reading' },
			{ method: 'GET', path: /^\/data\/Contact\/./ },
		);
		const options = { returnRecord: true };
		const error = await engine.failure(
			upserting({ ...ada, title: 'Head' }, ['email1'], { options }),
		);
		expect(error.message).toBe(
			`Contact "${id}" was updated, but could not be read back: No reading`,
		);
	});
});

describe('two records that are there', () => {
	it('are both named, and nothing is written', async () => {
		const ids = ['Ada', 'Eva', 'Ida'].map((first_name) =>
			sandbox.insert('Contact', { ...ada, first_name }),
		);
		const error = await engine.failure(upserting({ ...ada, title: 'Head' }, ['email1']));
		expect(error.message).toBe(
			'More than one Contact matches email1 = "ada@berg.example": ' +
				`"Ada Berg" (${ids[0]}) and "Eva Berg" (${ids[1]}). Nothing was written`,
		);
		expect(error.context.itemIndex).toBe(0);
		expect(writesOf(sandbox)).toEqual([]);
	});

	it('are told apart by a second column', async () => {
		const [, eva] = ['Ada', 'Eva'].map((first_name) =>
			sandbox.insert('Contact', { ...ada, first_name }),
		);
		const value = { ...ada, first_name: 'Eva', title: 'Head' };
		const [updated] = await engine.items(upserting(value, ['email1', 'first_name']));
		expect(updated).toEqual({
			id: eva,
			email1: 'ada@berg.example',
			first_name: 'Eva',
			last_name: 'Berg',
			title: 'Head',
			_upsert: 'updated',
		});
		expect(workOf(sandbox)[0].query).toMatchObject({
			filters: { any_email: ada.email1, first_name: 'Eva' },
		});
	});

	it('do not count where only one of two columns matches', async () => {
		sandbox.insert('Contact', ada);
		const value = { ...ada, first_name: 'Ina' };
		const [created] = await engine.items(upserting(value, ['email1', 'first_name']));
		expect(created._upsert).toBe('created');
		expect(sandbox.records('Contact')).toHaveLength(2);
	});
});

it('goes on with the others behind an item that cannot be told apart', async () => {
	sandbox.insert('Contact', ada);
	sandbox.insert('Contact', ada);
	const input = [{ ...ada, email1: 'x@y.example' }, ada, { ...ada, email1: 'z@y.example' }];
	const { items } = await engine.run(upsertingInput(['email1']), {
		items: itemsOf(input),
		continueOnFail: true,
	});
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(items.map(({ json }) => json._upsert)).toEqual(['created', undefined, 'created']);
	expect(items[1].json.error).toContain('More than one Contact matches');
	expect(sandbox.records('Contact')).toHaveLength(4);
});

describe('with the fields of the input', () => {
	it('matches by a field of the input and leaves its id out', async () => {
		const id = sandbox.insert('Contact', ada);
		const json = { ...ada, id: 'id-of-another-system', title: 'Head' };
		const items = itemsOf([json]);
		expect(await engine.items(upsertingInput(['email1']), { items })).toEqual([
			{
				id,
				email1: 'ada@berg.example',
				last_name: 'Berg',
				first_name: 'Ada',
				title: 'Head',
				_upsert: 'updated',
			},
		]);
		expect(workOf(sandbox)[1].body).toMatchObject({
			data: { title: 'Head' },
		});
	});

	it('creates without the id of the input', async () => {
		const items = itemsOf([{ ...ada, id: 'id-of-another-system' }]);
		const [created] = await engine.items(upsertingInput(['email1']), { items });
		expect(created).toMatchObject({ _upsert: 'created' });
		expect(created.id).not.toBe('id-of-another-system');
		expect(writesOf(sandbox)[0].body).toEqual({ data: ada });
	});
});
