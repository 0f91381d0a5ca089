import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { upserting, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	for (const model of ['Account', 'Contact', 'Lead', 'Opportunity']) sandbox.clear(model);
});

const verbOf = async (parameters: INodeParameters) => {
	const [{ _upsert, id }] = await engine.items(parameters);
	return { _upsert, id };
};

/** Lets the next lookup find these records, whatever it asks for. */
const answerLookup = (records: IDataObject[]) =>
	sandbox.failNext(
		{ kind: 'status', status: 200, body: { records, total_results: records.length } },
		{ method: 'GET', path: /^\/data\/\w+$/ },
	);

describe('by e-mail', () => {
	const byEmail = (email1: string) =>
		upserting({ last_name: 'Berg', email1, title: 'Head' }, ['email1']);

	it('asks for equality with the combined filter, and for the fields to compare', async () => {
		await engine.items(byEmail('ada@berg.example'));
		expect(workOf(sandbox)[0].query).toMatchObject({
			filters: { any_email: 'ada@berg.example', 'any_email-operator': 'eq' },
			fields: ['id', 'email1', 'last_name', 'title'],
			limit: '200',
		});
	});

	it.each(['ADA@BERG.EXAMPLE', ' ada@berg.example', 'Ada@Berg.example '])(
		'finds the record whatever case and blanks (%j)',
		async (email1) => {
			const id = sandbox.insert('Contact', { last_name: 'Berg', email1: 'ada@berg.example' });
			expect(await verbOf(byEmail(email1))).toEqual({ id, _upsert: 'updated' });
		},
	);

	it('does not take the same address in another field for a match', async () => {
		sandbox.insert('Contact', { last_name: 'Berg', email2: 'ada@berg.example' });
		expect((await verbOf(byEmail('ada@berg.example')))._upsert).toBe('created');
		expect(sandbox.records('Contact')).toHaveLength(2);
	});

	it('does not take what only begins with the value for a match', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg', email1: 'ada@berg.example.org' });
		answerLookup([{ id, email1: 'ada@berg.example.org' }]);
		expect((await verbOf(byEmail('ada@berg.example')))._upsert).toBe('created');
		expect(sandbox.record('Contact', id)?.title).toBeUndefined();
	});

	it('finds the one match among many that the server returns without filtering', async () => {
		const records = Array.from({ length: 450 }, (_, index) => ({
			id: sandbox.insert('Contact', { last_name: 'Berg', email1: `${index}@berg.example` }),
		}));
		// The sandbox passes over a filter that it does not know, as 1CRM does.
		const metadata = {
			fields: { email1: { type: 'email', vname: 'Email' }, title: { type: 'varchar' } },
			filters: { own_filter: { type: 'email', fields: ['email1'] } },
		};
		sandbox.failNext({ kind: 'status', status: 200, body: metadata }, { path: /^\/meta/ });
		const value = { email1: '430@berg.example', title: 'Head' };
		expect(await verbOf(upserting(value, ['email1']))).toEqual({
			id: records[430].id,
			_upsert: 'updated',
		});
	});
});

describe('by phone number', () => {
	const byPhone = (phone_work: string) =>
		upserting({ last_name: 'Berg', phone_work, title: 'Head' }, ['phone_work']);

	it.each(['+43 1 555 01-00', '+43 (1) 5550100', '+43/1/5550100'])(
		'takes a record with the same digits as %s for a match',
		async (phone_work) => {
			const id = sandbox.insert('Contact', { last_name: 'Berg', phone_work });
			answerLookup([{ id, phone_work }]);
			expect(await verbOf(byPhone('+4315550100'))).toEqual({ id, _upsert: 'updated' });
		},
	);

	it('does not take the same number in another field for a match', async () => {
		sandbox.insert('Contact', { last_name: 'Berg', phone_home: '+43 1 5550100' });
		expect((await verbOf(byPhone('+43 1 5550100')))._upsert).toBe('created');
	});
});

it('by a reference finds the record with that id', async () => {
	const [one, two] = ['One', 'Two'].map((name) => sandbox.insert('Account', { name }));
	sandbox.insert('Contact', { last_name: 'Berg', primary_account_id: one });
	const id = sandbox.insert('Contact', { last_name: 'Berg', primary_account_id: two });
	const value = { last_name: 'Berg', primary_account_id: two, title: 'Head' };
	const columns = ['primary_account_id', 'last_name'];
	expect(await verbOf(upserting(value, columns))).toEqual({ id, _upsert: 'updated' });
	expect(workOf(sandbox)[0].query.filters).toMatchObject({ primary_account_id: two });
});

it('by an amount finds it however its decimals are written, and not where there is none', async () => {
	const module = 'Opportunity';
	const names = { name: 'Deal', date_closed: '2026-12-01', sales_stage: 'Prospecting' };
	const account_id = sandbox.insert('Account', { name: 'One' });
	const id = sandbox.insert(module, { ...names, account_id, amount: '0' });
	const without = sandbox.insert(module, { ...names, account_id });
	answerLookup([
		{ id, name: 'Deal', amount: '0.00' },
		{ id: without, name: 'Deal', amount: null },
	]);
	const value = { name: 'Deal', amount: '0.0', next_step: 'Call' };
	expect(await verbOf(upserting(value, ['name', 'amount'], { module }))).toEqual({
		id,
		_upsert: 'updated',
	});
});

it.each<[string, IDataObject]>([
	['Lead', { last_name: 'Berg', status: 'Converted' }],
	['Opportunity', { name: 'Berg', sales_stage: 'Closed Won' }],
])('finds a closed %s', async (module, closed) => {
	const id = sandbox.insert(module, closed);
	const column = module === 'Lead' ? 'last_name' : 'name';
	const parameters = upserting({ [column]: 'Berg', description: 'x' }, [column], { module });
	expect(await verbOf(parameters)).toEqual({ id, _upsert: 'updated' });
	expect(sandbox.record(module, id)?.description).toBe('x');
});

it('takes a record that a list contains twice for one', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Ilse' });
	const twin = sandbox.insert('Contact', { last_name: 'Ilse' });
	const record = { id, last_name: 'Ilse' };
	answerLookup([record, record]);
	const parameters = upserting({ last_name: 'Ilse', title: 'Head' }, ['last_name']);
	expect(await verbOf(parameters)).toEqual({ id, _upsert: 'updated' });
	answerLookup([record, record, { ...record, id: twin }]);
	expect((await engine.failure(parameters)).message).toContain(`(${id}) and "${twin}"`);
});

it('does not find a record that was deleted', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Berg' });
	await engine.items({
		resource: 'record',
		operation: 'delete',
		module: 'Contact',
		recordId: id,
	});
	expect((await verbOf(upserting({ last_name: 'Berg' }, ['last_name'])))._upsert).toBe('created');
});

describe('is refused before anything is sent', () => {
	it.each<[string, INodeParameters]>([
		['missing', { last_name: 'Berg' }],
		['null', { last_name: 'Berg', email1: '={{ null }}' }],
		['empty', { last_name: 'Berg', email1: '={{ "" }}' }],
		['blank', { last_name: 'Berg', email1: '  ' }],
		['null in the editor', { last_name: 'Berg', email1: null }],
	])('when the value to match on is %s', async (_what, value) => {
		const error = await engine.failure(upserting(value, ['email1']));
		expect(error.message).toBe("'Email' (email1) is used for matching but has no value");
		expect(error.context.itemIndex).toBe(0);
		expect(sentTo(sandbox)).toEqual([]);
	});

	it.each([
		['description', 'text'],
		['categories', 'Customers'],
		['website', 'https://berg.example'],
		['photo', 'INCOMING~1'],
	])('when 1CRM has no filter for %s', async (column, given) => {
		const value = { last_name: 'Berg', [column]: given };
		const error = await engine.failure(upserting(value, [column]));
		expect(error.message).toBe(
			`Contact cannot be matched by "${column}": 1CRM has no filter for it. Choose another column to match on`,
		);
		expect(sentTo(sandbox)).toEqual([]);
	});

	it('when there is no such field', async () => {
		const error = await engine.failure(upserting({ last_name: 'Berg' }, ['last_nam']));
		expect(error.message).toContain('Contact cannot be matched by "last_nam"');
		expect(sentTo(sandbox)).toEqual([]);
	});

	it('when no column is chosen', async () => {
		const error = await engine.failure(upserting({ last_name: 'Berg' }, []));
		expect(error.message).toBe("'Fields' has no column to match on. Choose one, e.g. Email");
		expect(sentTo(sandbox)).toEqual([]);
	});

	it('when a value cannot be held by its field', async () => {
		const value = { last_name: 'Berg', annual_budget: 'much' };
		const error = await engine.failure(upserting(value, ['last_name']));
		expect(error.message).toMatch(/^'Annual Budget' takes a number.*not "much"$/);
		expect(sentTo(sandbox)).toEqual([]);
	});
});

describe('when the lookup fails', () => {
	it.each([
		['500', { kind: 'status', status: 500, message: 'Out of memory' }, 'Out of memory'],
		['404', { kind: 'status', status: 404, message: 'Not found' }, 'Not found'],
		['a web page', { kind: 'html' }, "doesn't answer like a 1CRM API"],
		['errors', { kind: 'errorsIn200', message: 'No rights' }, 'No rights'],
		['no list', { kind: 'status', status: 200, body: {} }, 'without a list of records'],
	] as const)('with %s nothing is created', async (_what, fault, message) => {
		sandbox.failNext(fault, { method: 'GET', path: /^\/data/ });
		const error = await engine.failure(upserting({ last_name: 'Berg' }, ['last_name']));
		expect(`${error.message} ${error.description ?? ''}`).toContain(message);
		expect(writesOf(sandbox)).toEqual([]);
	});
});
