import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

let account: string;

beforeEach(() => {
	for (const module of ['Account', 'Contact']) sandbox.clear(module);
	account = sandbox.insert('Account', { name: 'Berg Ltd' });
	// A text filter finds this one, too.
	sandbox.insert('Account', { name: 'Berg Ltd Holding' });
	sandbox.clearRequests();
});

const creating = (
	value: INodeParameters,
	options: INodeParameters = { referencesByName: true },
): INodeParameters => ({
	resource: 'record',
	operation: 'create',
	module: 'Contact',
	fields: {
		mappingMode: 'defineBelow',
		value: { last_name: 'Aalto', ...value },
		matchingColumns: [],
	},
	options,
});

const lookUps = (module: string) =>
	sentTo(sandbox).filter((request) => request === `GET /data/${module}`);

it.each(['Berg Ltd', '  berg  LTD '])('writes the id of the account called %j', async (name) => {
	await engine.items(creating({ primary_account_id: name }));
	expect(sandbox.records('Contact')).toMatchObject([{ primary_account_id: account }]);
});

it('writes an id as it is, without a look-up', async () => {
	await engine.items(creating({ primary_account_id: account, assigned_user_id: '1' }));
	expect(sandbox.records('Contact')).toMatchObject([{ primary_account_id: account }]);
	expect([...lookUps('Account'), ...lookUps('User')]).toEqual([]);
});

it('finds a name of digits, and takes other digits for an id if there is such a record', async () => {
	const numbered = sandbox.insert('Account', { name: '4711' });
	sandbox.insert('Account', { id: '17', name: 'Seventeen' });
	for (const [value, id] of [
		['4711', numbered],
		['17', '17'],
	]) {
		sandbox.clear('Contact');
		await engine.items(creating({ primary_account_id: value }));
		expect(sandbox.records('Contact')).toMatchObject([{ primary_account_id: id }]);
	}
	const error = await engine.failure(creating({ primary_account_id: '4712' }));
	expect(error.message).toContain('no Account is called "4712"');
});

it('takes an id of another form, which no record is called', async () => {
	sandbox.insert('Account', { id: 'standard-account', name: 'Standard' });
	await engine.items(creating({ primary_account_id: 'standard-account' }));
	expect(sandbox.records('Contact')).toMatchObject([{ primary_account_id: 'standard-account' }]);
});

it.each(['sales', 'sales@example.com', 'Sales Person'])('finds the user %s', async (name) => {
	for (const { id } of sandbox.records('User')) {
		if (id !== '1') sandbox.update('User', String(id), { user_name: `other-${String(id)}` });
	}
	const user = sandbox.insert('User', {
		id: 'user-2',
		user_name: 'sales',
		first_name: 'Sales',
		last_name: 'Person',
		email1: 'sales@example.com',
	});
	await engine.items(creating({ assigned_user_id: name }));
	expect(sandbox.records('Contact')).toMatchObject([{ assigned_user_id: user }]);
});

it('finds a person by the whole name', async () => {
	const boss = sandbox.insert('Contact', { first_name: 'Ilse', last_name: 'Dale' });
	sandbox.insert('Contact', { first_name: 'Otto', last_name: 'Dale' });
	await engine.items(creating({ reports_to_id: 'Ilse Dale' }));
	const [contact] = sandbox.records('Contact').filter(({ last_name }) => last_name === 'Aalto');
	expect(contact.reports_to_id).toBe(boss);
});

it('looks a name up once for many items', async () => {
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	await engine.items(creating({ primary_account_id: 'Berg Ltd' }), { items });
	expect(lookUps('Account')).toHaveLength(1);
	expect(sandbox.records('Contact')).toHaveLength(20);
});

it('refuses a name that no record has, and writes nothing', async () => {
	const error = await engine.failure(creating({ primary_account_id: 'Tal Ltd' }));
	expect(error.message).toBe(`'Primary Account': no Account is called "Tal Ltd"`);
	expect(sandbox.records('Contact')).toEqual([]);
});

it('refuses a name that several records have, and names them', async () => {
	const second = sandbox.insert('Account', { name: 'BERG LTD' });
	const error = await engine.failure(creating({ primary_account_id: 'Berg Ltd' }));
	expect(error.message).toContain(`'Primary Account': several records of Account are called`);
	expect(error.message).toContain(account);
	expect(error.message).toContain(second);
	expect(sandbox.records('Contact')).toEqual([]);
});

it('clears a reference as before', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Aalto', primary_account_id: account });
	const update = { ...creating({ primary_account_id: '={{ "" }}' }), operation: 'update' };
	await engine.items({ ...update, recordId: id });
	expect(sandbox.record('Contact', id)?.primary_account_id ?? '').toBe('');
	expect(lookUps('Account')).toEqual([]);
});

it('finds the record of an upsert by a reference', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Old', primary_account_id: account });
	const parameters = creating({ primary_account_id: 'Berg Ltd', title: 'Buyer' });
	await engine.items({
		...parameters,
		operation: 'upsert',
		fields: { ...Object(parameters.fields), matchingColumns: ['primary_account_id'] },
	});
	expect(sandbox.records('Contact')).toHaveLength(1);
	expect(sandbox.record('Contact', id)?.title).toBe('Buyer');
});

it('writes what is given while the option is off', async () => {
	await engine.items(creating({ primary_account_id: 'Berg Ltd' }, {}));
	expect(lookUps('Account')).toEqual([]);
});

describe('Many items that name records of one module', () => {
	const names = Array.from({ length: 30 }, (_, index) => `Berg ${index}`);
	const byName = {
		resource: 'record',
		operation: 'create',
		module: 'Contact',
		fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [] },
		options: { referencesByName: true },
	};
	const namedItems = (accounts: string[]) =>
		accounts.map((primary_account_id, index) => ({
			json: { last_name: `Name ${index}`, primary_account_id },
		}));

	it('read them once', async () => {
		const ids = names.map((name) => sandbox.insert('Account', { name }));
		await engine.items(byName, { items: namedItems(names) });
		const stored = sandbox.records('Contact').map((record) => record.primary_account_id);
		expect(stored.sort()).toEqual(ids.sort());
		// The number of records, a page, and whether there is more of it.
		expect(lookUps('Account')).toHaveLength(3);
	});

	it('look up alone what is not there, or there twice', async () => {
		for (const name of [...names, 'Berg 7']) sandbox.insert('Account', { name });
		const { items } = await engine.run(byName, {
			items: namedItems([...names, 'Nobody']),
			continueOnFail: true,
		});
		const failed = items.flatMap(({ json }, index) => (json.error ? [[index, json.error]] : []));
		expect(failed).toEqual([
			[7, expect.stringContaining('several records of Account are called "Berg 7"')],
			[30, expect.stringContaining('no Account is called "Nobody"')],
		]);
	});
});
