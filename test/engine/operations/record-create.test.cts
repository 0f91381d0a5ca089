import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const creating = (value: INodeParameters, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'create',
	module: 'Contact',
	fields: { mappingMode: 'defineBelow', value },
	...rest,
});

const READ_BACK = { method: 'GET', path: /^\/data\/Contact\/./ };

it('creates the record and returns its id with the values as sent', async () => {
	const [created] = await engine.items(creating({ last_name: 'Berg', do_not_call: true }));
	const [stored] = sandbox.records('Contact');
	expect(created).toEqual({ id: stored.id, last_name: 'Berg', do_not_call: 1 });
	expect(stored).toMatchObject({ last_name: 'Berg', do_not_call: '1' });
	expect(sentTo(sandbox)).toEqual(['POST /data/Contact']);
	expect(workOf(sandbox)[0]).toMatchObject({
		query: {},
		body: { data: { last_name: 'Berg', do_not_call: 1 } },
	});
});

it('creates a record for each item and reads the metadata once', async () => {
	const created = await engine.items(creating({ last_name: '={{ $json.name }}' }), {
		items: ['A', 'B', 'C'].map((name) => ({ json: { name } })),
	});
	expect(created.map(({ last_name }) => last_name)).toEqual(['A', 'B', 'C']);
	const names = created.map(({ id }) => sandbox.record('Contact', String(id))?.last_name);
	expect(names).toEqual(['A', 'B', 'C']);
	const metadata = sandbox.requests.filter(({ path }) => path === '/meta/fields/Contact');
	expect(metadata).toHaveLength(1);
});

it('returns the record as stored when asked to', async () => {
	const options = { returnRecord: true };
	const [record] = await engine.items(
		creating({ last_name: 'Berg', first_name: 'Ada' }, { options }),
	);
	expect(record).toMatchObject({ name: 'Ada Berg', assigned_user: 'admin', deleted: '0' });
	expect(sentTo(sandbox)).toEqual(['POST /data/Contact', `GET /data/Contact/${String(record.id)}`]);
});

it.each([true, false])('converts values, with returnRecord %s', async (returnRecord) => {
	const value = { last_name: 'Berg', do_not_call: true, categories: ['Customers'] };
	const options = { returnRecord, convertValues: true };
	const [record] = await engine.items(creating(value, { options }));
	expect(record).toMatchObject({ do_not_call: true, categories: ['Customers'] });
});

it('does not ask for what 1CRM fills in, although it marks it as required', async () => {
	const value = {
		name: 'Deal',
		account_id: sandbox.insert('Account', { name: 'Berg Ltd' }),
		amount: '100',
		date_closed: '2026-12-31',
		sales_stage: 'Prospecting',
	};
	const [{ id }] = await engine.items(creating(value, { module: 'Opportunity' }));
	expect(sandbox.record('Opportunity', String(id))).toMatchObject({
		amount_usdollar: '100.00',
		opportunities_number: expect.stringMatching(/^\d+$/) as unknown,
	});
});

it('says that the record exists when only reading it back failed', async () => {
	sandbox.failNext({ kind: 'status', status: 403, message: 'No reading' }, READ_BACK);
	const options = { returnRecord: true };
	const error = await engine.failure(creating({ last_name: 'Berg' }, { options }));
	const [{ id }] = sandbox.records('Contact');
	expect(error.message).toBe(`Contact "${id}" was created, but could not be read back: No reading`);
});

it.each<[string, INodeParameters]>([
	['missing', { first_name: 'Ada' }],
	['empty', { last_name: '' }],
	['null', { last_name: '={{ null }}' }],
])('refuses a required field that is %s before sending', async (_what, value) => {
	const error = await engine.failure(creating(value));
	expect(error.message).toBe("A new Contact needs a value for 'Last Name' (last_name)");
	expect(sentTo(sandbox)).toEqual([]);
});

it('names every required field that has no value, references by their own label', async () => {
	const error = await engine.failure(creating({ name: 'Deal' }, { module: 'Opportunity' }));
	expect(error.message).toContain("'Account' (account_id)");
	expect(error.message).toContain("'Sales Stage' (sales_stage)");
	expect(error.message).not.toContain('assigned_user_id');
	expect(error.message).not.toContain('forecast_category');
});

it.each<[string, IDataObject | never[]]>([
	['an empty map', []],
	['something else', { result: true }],
	['a list that is not empty', { result: true, records: [{ name: 'Berg' }] }],
])('does not take %s for a new record', async (_what, body) => {
	sandbox.failNext({ kind: 'status', status: 200, body }, { method: 'POST' });
	const error = await engine.failure(creating({ last_name: 'Berg' }));
	expect(error.message).toBe('1CRM answered without the ID of a new Contact');
	expect(error.description).toContain(
		'1CRM may have applied this change anyway. Check before you retry',
	);
	expect(error.context.itemIndex).toBe(0);
});

it('returns the id of a linking record as the server gives it', async () => {
	const id = { invoice_id: '1', payment_id: '2' };
	sandbox.failNext({ kind: 'status', status: 200, body: { id } }, { method: 'POST' });
	expect(await engine.items(creating({ last_name: 'Berg' }))).toEqual([{ id, last_name: 'Berg' }]);
});

it('shows what the database said, and creates nothing twice', async () => {
	sandbox.failNext(
		{ kind: 'status', status: 500, message: "Field 'x' doesn't have a default value" },
		{ method: 'POST' },
	);
	const error = await engine.failure(creating({ last_name: 'Berg' }));
	expect(error.message).toBe("Field 'x' doesn't have a default value");
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual(['POST /data/Contact']);
});

it('creates the others when one fails', async () => {
	sandbox.failNext({ kind: 'status', status: 500, message: 'Broken' }, { method: 'POST' });
	const { items } = await engine.run(
		creating({ last_name: '={{ $json.name }}' }, { options: { parallelRequests: 1 } }),
		{ items: ['A', 'B'].map((name) => ({ json: { name } })), continueOnFail: true },
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(items[0].json).toEqual({
		error: 'Broken. 1CRM may have applied this change anyway. Check before you retry',
	});
	expect(items[1].json).toMatchObject({ last_name: 'B' });
	expect(sandbox.records('Contact').map(({ last_name }) => last_name)).toEqual(['B']);
});
