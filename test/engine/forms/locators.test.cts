import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

const PAGE = 'https://crm.example.com/index.php?module=Contacts&action=DetailView&record=contact-1';

beforeEach(() => {
	for (const model of ['Contact', 'Account']) sandbox.clear(model);
	for (const id of ['contact-1', 'contact-2']) sandbox.insert('Contact', { id, last_name: id });
	sandbox.insert('Account', { id: 'account-1', name: 'Birch' });
});

const VALUE = '={{ $json.value }}' as unknown as INodeParameters;
const itemWith = (value: unknown) => [{ json: { value } as never }];

const getting = (rest: INodeParameters): INodeParameters => ({
	resource: 'record',
	operation: 'get',
	module: 'Contact',
	recordId: 'contact-1',
	...rest,
});

it.each<[string, unknown]>([
	['an object with its ID', { id: 'contact-1', last_name: 'x' }],
	['a list of one ID', ['contact-1']],
	['a list of one object', [{ id: 'contact-1' }]],
	['JSON text of an object', '{"id": "contact-1"}'],
	['the address of its page', PAGE],
	['a list of one address', [PAGE]],
])('a record is read from %s', async (_what, value) => {
	const plain = await engine.items(getting({ recordId: VALUE }), { items: itemWith(value) });
	expect(plain[0].id).toBe('contact-1');
	const locator = { __rl: true, mode: 'id', value: '={{ $json.value }}' };
	const byId = getting({ recordId: locator as unknown as INodeParameters });
	expect((await engine.items(byId, { items: itemWith(value) }))[0].id).toBe('contact-1');
});

it.each<[string, unknown]>([
	['two IDs', ['contact-1', 'contact-2']],
	['an object without an ID', { name: 'contact-1' }],
	['an object whose ID is an object', { id: { id: 'contact-1' } }],
	['true', true],
	['an empty list', []],
	['an address without a record', 'https://crm.example.com/index.php?module=Contacts'],
	['a list of nothing', [null]],
])('a record is refused by name as %s', async (_what, value) => {
	const error = await engine.failure(getting({ operation: 'delete', recordId: VALUE }), {
		items: itemWith(value),
	});
	expect(error.message).toMatch(/^'Record' /);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it.each<[string, unknown]>([
	['a list of one name', ['Contact']],
	['JSON text of a list', '["Contact"]'],
	['an entry of Module > Get Many', { name: 'Contact', label: 'Contacts' }],
])('a module is read from %s', async (_what, value) => {
	const [record] = await engine.items(getting({ module: VALUE }), { items: itemWith(value) });
	expect(record.id).toBe('contact-1');
});

it.each<[string, unknown]>([
	['two names', ['Contact', 'Account']],
	['an object without a name', { module: 'Contacts' }],
	['true', true],
])('a module is refused by name as %s', async (_what, value) => {
	const error = await engine.failure(getting({ module: VALUE }), { items: itemWith(value) });
	expect(error.message).toMatch(/^'Module' takes one name/);
	expect(sentTo(sandbox)).toEqual([]);
});

const removing = (relatedIds: INodeParameters): INodeParameters => ({
	resource: 'relatedRecord',
	operation: 'remove',
	module: 'Account',
	recordId: 'account-1',
	link: 'contacts',
	relatedIds,
});

it.each<[string, unknown, string[]]>([
	['objects with IDs', [{ id: 'contact-1' }, { id: 'contact-2' }], ['contact-1', 'contact-2']],
	['one object', { id: 'contact-1' }, ['contact-1']],
	['JSON text', '["contact-1", "contact-2"]', ['contact-1', 'contact-2']],
	['a text with commas', 'contact-1, contact-2,', ['contact-1', 'contact-2']],
	['an address', PAGE, ['contact-1']],
	['a number', 7, ['7']],
])('related IDs are read from %s', async (_what, value, ids) => {
	await engine.run(removing(VALUE), { items: itemWith(value) });
	const [first] = sentTo(sandbox);
	expect(first).toBe(`DELETE /data/Account/account-1/contacts/${ids[0]}`);
});

it.each<[string, unknown]>([
	['null', null],
	['a list with null', ['contact-1', null]],
	['a list with an empty text', ['contact-1', '']],
	['objects without IDs', [{ name: 'Berg' }]],
	['a list in a list', [['contact-1', 'contact-2']]],
	['true', true],
	['nothing', ''],
])('related IDs are refused by name as %s', async (_what, value) => {
	const error = await engine.failure(removing(VALUE), { items: itemWith(value) });
	expect(error.message).toMatch(/^'Related Record IDs' /);
	expect(sentTo(sandbox)).toEqual([]);
});
