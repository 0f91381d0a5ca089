import type { INodeParameters } from 'n8n-workflow';
import type { Variants } from '../../sandbox/variants.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemsOf, upserting, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeEach(() => {
	sandbox.clear('Contact');
	id = sandbox.insert('Contact', ada);
});

const ada = {
	last_name: 'Berg',
	first_name: 'Ada',
	email1: 'ada@berg.example',
	title: 'Engineer',
	do_not_call: 1,
	birthdate: '1990-12-10',
	annual_budget: '1.5',
	categories: 'Customers',
};

const LIST = 'GET /data/Contact';
const patched = () =>
	writesOf(sandbox)
		.filter(({ method }) => method === 'PATCH')
		.map(({ body }) => (body as { data: object }).data);
const update = (value: INodeParameters, options: INodeParameters = { skipUnchanged: true }) => ({
	...upserting(value, [], { options }),
	operation: 'update',
	recordId: id,
});

describe('Create or Update', () => {
	it('sends nothing for a record that has all values, however they are written', async () => {
		const value = { ...ada, do_not_call: 'yes', annual_budget: 1.5, categories: '["Customers"]' };
		const [unchanged] = await engine.items(upserting(value, ['email1']));
		expect(unchanged).toEqual({
			id,
			...ada,
			annual_budget: '1.5',
			categories: 'Customers',
			_upsert: 'unchanged',
		});
		expect(sentTo(sandbox)).toEqual([LIST]);
	});

	it('sends the one value that differs', async () => {
		const [updated] = await engine.items(upserting({ ...ada, title: 'ENGINEER' }, ['email1']));
		expect(updated).toMatchObject({ id, first_name: 'Ada', title: 'ENGINEER', _upsert: 'updated' });
		expect(patched()).toEqual([{ title: 'ENGINEER' }]);
	});

	it('sends all of them if it is not to compare', async () => {
		const options = { skipUnchanged: false };
		const [updated] = await engine.items(
			upserting({ ...ada, title: 'Head' }, ['email1'], { options }),
		);
		expect(updated._upsert).toBe('updated');
		expect(Object.keys(patched()[0])).toHaveLength(7);
		expect(workOf(sandbox)[0].query.fields).toEqual(['id', 'email1']);
	});

	it('compares a record that it recognises by its id', async () => {
		const same = await engine.items(upserting({ id, ...ada }, ['id']));
		expect(same).toMatchObject([{ id, title: 'Engineer', _upsert: 'unchanged' }]);
		expect(sentTo(sandbox)).toEqual([`GET /data/Contact/${id}`]);
		await engine.items(upserting({ id, ...ada, title: 'Head' }, ['id']));
		expect(patched()).toEqual([{ title: 'Head' }]);
	});

	it('sends what 1CRM does not return', async () => {
		const { title: _title, ...record } = { id, ...ada };
		const body = { records: [record], total_results: 1 };
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data\/Contact$/ });
		await engine.items(upserting(ada, ['email1']));
		expect(patched()).toEqual([{ title: 'Engineer' }]);
	});

	it('sends a file, which cannot be compared', async () => {
		const file = { data: Buffer.from('x').toString('base64'), mimeType: 'image/png' };
		const parameters = upserting({ ...ada, photo: 'picture' }, ['email1']);
		const items = [{ json: {}, binary: { picture: { ...file, fileName: 'a.png' } } }];
		const [updated] = await engine.items(parameters, { items });
		expect(updated._upsert).toBe('updated');
		expect(patched()).toEqual([{ photo: expect.stringContaining('INCOMING~') }]);
	});

	it('refuses to clear a field that is required, as without comparing', async () => {
		const value = { email1: ada.email1, last_name: '={{ "" }}' };
		const error = await engine.failure(upserting(value, ['email1']));
		expect(error.message).toContain('cannot be cleared');
	});

	it.each<Variants['switches']>(['1/0', 'true/false', 'on/off', 'yes/no', '1/null'])(
		'knows a switch that the server writes as %s',
		async (switches) => {
			sandbox.variants.switches = switches;
			for (const do_not_call of [true, false]) {
				const value = { email1: ada.email1, do_not_call };
				await engine.items(upserting(value, ['email1']));
				const [{ _upsert }] = await engine.items(upserting(value, ['email1']));
				expect(_upsert).toBe('unchanged');
			}
		},
	);
});

describe('Several items for one record', () => {
	const run = async (titles: string[], columns = ['email1']) =>
		await engine.items(upsertingInput(columns), {
			items: itemsOf(titles.map((title) => ({ id, ...ada, title }))),
		});

	it.each([[['email1']], [['id']]])(
		'are compared with what the one before wrote (%j)',
		async (columns) => {
			const upserted = await run(['Head', 'Head', 'Engineer', 'Engineer'], columns);
			expect(upserted.map(({ _upsert }) => _upsert)).toEqual([
				'updated',
				'unchanged',
				'updated',
				'unchanged',
			]);
			expect(patched()).toEqual([{ title: 'Head' }, { title: 'Engineer' }]);
			expect(sandbox.record('Contact', id)?.title).toBe('Engineer');
		},
	);

	it('are compared with a record that the first created', async () => {
		sandbox.clear('Contact');
		const upserted = await run(['A', 'A', 'B']);
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['created', 'unchanged', 'updated']);
		expect(sentTo(sandbox).map((sent) => sent.split(' ')[0])).toEqual(['GET', 'POST', 'PATCH']);
	});

	it('are compared in fields that the first does not have', async () => {
		const items = itemsOf([
			{ email1: ada.email1, title: 'Head' },
			{ email1: ada.email1, first_name: 'Ada' },
			{ email1: ada.email1, first_name: 'Eva' },
		]);
		const upserted = await engine.items(upsertingInput(['email1']), { items });
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['updated', 'unchanged', 'updated']);
		expect(patched()).toEqual([{ title: 'Head' }, { first_name: 'Eva' }]);
	});

	/** Two items that recognise the same record by different columns, and look for it at the same time. */
	function upsertByTwoColumns() {
		const items = itemsOf([
			{ columns: 'email1', ...ada, title: 'Head' },
			{ columns: 'first_name', ...ada, title: 'Engineer' },
		]);
		sandbox.gather(2, { method: 'GET', path: /^\/data\/Contact$/ });
		const parameters = upserting({}, []);
		parameters.fields = {
			mappingMode: 'autoMapInputData',
			value: null,
			matchingColumns: '={{ [$json.columns] }}',
		};
		return { parameters, items };
	}

	it('that recognise it by different columns are compared too', async () => {
		const { parameters, items } = upsertByTwoColumns();
		const upserted = await engine.items(parameters, { items });
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['updated', 'updated']);
		expect(sandbox.record('Contact', id)?.title).toBe('Engineer');
	});

	it('are not compared with what was read before a write whose answer was lost', async () => {
		sandbox.failNext({ kind: 'statusAfter', status: 500, message: 'Lost' }, { method: 'PATCH' });
		const { parameters, items } = upsertByTwoColumns();
		const { items: outputs } = await engine.run(parameters, { items, continueOnFail: true });
		expect(outputs.map(({ json }) => json._upsert)).toEqual([undefined, 'updated']);
		expect(sandbox.record('Contact', id)?.title).toBe('Engineer');
	});
});

describe('Update', () => {
	it('sends what differs, after a read', async () => {
		const [updated] = await engine.items(update({ ...ada, title: 'Head' }));
		expect(updated).toMatchObject({ id, first_name: 'Ada', title: 'Head', _update: 'updated' });
		expect(sentTo(sandbox)).toEqual([`GET /data/Contact/${id}`, `PATCH /data/Contact/${id}`]);
		expect(patched()).toEqual([{ title: 'Head' }]);
	});

	it('sends nothing if nothing differs', async () => {
		const [unchanged] = await engine.items(update(ada));
		expect(unchanged).toEqual({ id, ...ada, _update: 'unchanged' });
		expect(sentTo(sandbox)).toEqual([`GET /data/Contact/${id}`]);
	});

	it('does neither unless it is to', async () => {
		expect(await engine.items(update({ title: 'Engineer' }, {}))).toEqual([
			{ id, title: 'Engineer' },
		]);
		expect(sentTo(sandbox)).toEqual([`PATCH /data/Contact/${id}`]);
	});

	it('does not make a record that is not there', async () => {
		const error = await engine.failure({ ...update({ title: 'Head' }), recordId: 'missing' });
		expect(error.message).toBe('Contact "missing" was not found');
		expect(writesOf(sandbox)).toEqual([]);
	});

	it('of the same record twice compares the second with the first', async () => {
		const items = itemsOf([{ title: 'Head' }, { title: 'Head' }, { title: 'Engineer' }]);
		const updated = await engine.items(update({ title: '={{ $json.title }}' }), { items });
		expect(updated.map(({ _update }) => _update)).toEqual(['updated', 'unchanged', 'updated']);
		expect(sandbox.record('Contact', id)?.title).toBe('Engineer');
	});
});
