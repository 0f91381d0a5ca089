import type { GenericValue, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { itemWith } from './item-with.cts';

const { sandbox, engine } = engineWithSandbox();

const PAGE = 'https://crm.example.com/index.php?module=Contacts&action=DetailView&record=contact-1';

beforeEach(() => {
	for (const model of ['Contact', 'Account']) sandbox.clear(model);
	for (const id of ['contact-1', 'contact-2', '7'])
		sandbox.insert('Contact', { id, last_name: id });
	sandbox.insert('Account', { id: 'account-1', name: 'Birch' });
});

const VALUE = '={{ $json.value }}';

const getting = (rest: INodeParameters): INodeParameters => ({
	resource: 'record',
	operation: 'get',
	module: 'Contact',
	recordId: 'contact-1',
	...rest,
});

it.each<[string, GenericValue]>([
	['an object with its ID', { id: 'contact-1', last_name: 'x' }],
	['a list of one ID', ['contact-1']],
	['a list of one object', [{ id: 'contact-1' }]],
	['JSON text of an object', '{"id": "contact-1"}'],
	['the address of its page', PAGE],
	['a list of one address', [PAGE]],
])('a record is read from %s', async (_what, value) => {
	const plain = await engine.items(getting({ recordId: VALUE }), { items: itemWith(value) });
	expect(plain[0].id).toBe('contact-1');
	const byId = getting({ recordId: { __rl: true, mode: 'id', value: VALUE } });
	expect((await engine.items(byId, { items: itemWith(value) }))[0].id).toBe('contact-1');
});

it.each<[string, GenericValue]>([
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

it.each<[string, GenericValue]>([
	['a list of one name', ['Contact']],
	['JSON text of a list', '["Contact"]'],
	['an entry of Module > Get Many', { name: 'Contact', label: 'Contacts' }],
])('a module is read from %s', async (_what, value) => {
	const [record] = await engine.items(getting({ module: VALUE }), { items: itemWith(value) });
	expect(record.id).toBe('contact-1');
});

it.each<[string, GenericValue]>([
	['two names', ['Contact', 'Account']],
	['an object without a name', { module: 'Contacts' }],
	['true', true],
])('a module is refused by name as %s', async (_what, value) => {
	const error = await engine.failure(getting({ module: VALUE }), { items: itemWith(value) });
	expect(error.message).toMatch(/^'Module' takes one name/);
	expect(sentTo(sandbox)).toEqual([]);
});

const removing = (relatedIds: string): INodeParameters => ({
	resource: 'relatedRecord',
	operation: 'remove',
	module: 'Account',
	recordId: 'account-1',
	link: 'contacts',
	relatedIds,
});

it.each<[string, GenericValue, string[]]>([
	['objects with IDs', [{ id: 'contact-1' }, { id: 'contact-2' }], ['contact-1', 'contact-2']],
	['one object', { id: 'contact-1' }, ['contact-1']],
	['JSON text', '["contact-1", "contact-2"]', ['contact-1', 'contact-2']],
	['a text with commas', 'contact-1, contact-2,', ['contact-1', 'contact-2']],
	['an address', PAGE, ['contact-1']],
	['a number', 7, ['7']],
])('related IDs are read from %s', async (_what, value, ids) => {
	for (const id of ids) sandbox.link('Account', 'account-1', 'contacts', id);
	const removed = await engine.items(removing(VALUE), { items: itemWith(value) });
	expect(removed.map(({ relatedId }) => relatedId)).toEqual(ids);
	expect(sandbox.linked('Account', 'account-1', 'contacts').size).toBe(0);
});

it.each<[string, GenericValue]>([
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
