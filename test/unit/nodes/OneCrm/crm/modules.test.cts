import type { IDataObject } from 'n8n-workflow';
import { fetchModules, readModules } from '../../../../../nodes/OneCrm/crm/modules';
import { parentValues } from '../../../../../nodes/OneCrm/crm/parent';
import { clientWith } from './scripted-client.cts';

const CASE = { name: 'aCase', label: 'Cases' };

describe('readModules', () => {
	it.each<[string, IDataObject]>([
		[
			'the form of a real server, whose model is another than its module',
			{ list: [{ module: 'Cases', primary_model: 'aCase', label: 'Cases' }] },
		],
		[
			'a map by the names of modules',
			{ list: { Cases: { primary_bean: 'aCase', label: 'Cases' } } },
		],
		['a list of objects', { list: [{ model: 'aCase', module: 'Cases', label: 'Cases' }] }],
		['a model under another key', { list: [{ model_name: 'aCase', id: '7', label: 'Cases' }] }],
		['a bean', { list: [{ bean: 'aCase', name: 'Cases', label: 'Cases' }] }],
		['a name under module alone', { list: [{ module: 'aCase', label: 'Cases' }] }],
		['objects with other keys', { list: [{ bean_name: 'aCase', title: 'Cases' }] }],
		['the key modules', { modules: [{ name: 'aCase', vname: 'Cases' }] }],
		['the key records', { records: [{ id: 'aCase', plural: 'Cases' }] }],
		['a map to labels', { list: { aCase: 'Cases' } }],
		['a map to objects', { list: { aCase: { label: 'Cases' } } }],
		['a map without any key above it', { aCase: { vname: 'Cases' } }],
	])('reads %s', (_, answer) => {
		expect(readModules(answer)).toEqual([expect.objectContaining(CASE)]);
	});

	it('reads names alone, which are their own labels', () => {
		expect(readModules({ list: ['aCase', 'Account'] })).toEqual([
			{ name: 'aCase', label: 'aCase' },
			{ name: 'Account', label: 'Account' },
		]);
		expect(readModules({ list: [{ model: 'aCase' }] })).toEqual([
			{ model: 'aCase', name: 'aCase', label: 'aCase' },
		]);
	});

	it('prefers the name of the model to that of the module', () => {
		const [first] = readModules({ list: [{ id: '7', name: 'Cases', model: 'aCase' }] });
		expect(first.name).toBe('aCase');
	});

	it('reads a list with gaps, which PHP writes as a map of positions', () => {
		expect(readModules({ list: { 0: 'aCase', 7: { name: 'Account' } } })).toEqual([
			{ name: 'aCase', label: 'aCase' },
			{ name: 'Account', label: 'Account' },
		]);
		expect(readModules({ list: { 12: 'aCase' } })).toEqual([{ name: 'aCase', label: 'aCase' }]);
	});

	it('takes a name with digits for a name', () => {
		const modules = readModules({ list: { '3dModel': 'Models', Web2: 'Pages' } });
		expect(modules.map(({ name }) => name)).toStrictEqual(['3dModel', 'Web2']);
	});

	it('keeps whatever else 1CRM says of a module', () => {
		expect(readModules({ list: [{ model: 'aCase', module: 'Cases', custom: true }] })).toEqual([
			{ model: 'aCase', module: 'Cases', custom: true, name: 'aCase', label: 'aCase' },
		]);
	});

	it('leaves out what has no name', () => {
		expect(readModules({ list: [null, 5, [], {}, { label: 'x' }, { model: '' }] })).toEqual([]);
	});

	it.each([{}, { list: [] }, { list: {} }, { list: null }, { list: 'x' }, { list: 5 }])(
		'reads no module from %j',
		(answer) => {
			expect(readModules(answer)).toEqual([]);
		},
	);

	it('takes the key of a map for the name, beside the name of the module', () => {
		const [first] = readModules({ list: { aCase: { module: 'Cases', label: 'Cases' } } });
		expect(first).toMatchObject(CASE);
	});

	it('leaves out a name that is an empty text', () => {
		expect(readModules({ list: ['', 'aCase'] })).toEqual([{ name: 'aCase', label: 'aCase' }]);
	});
});

describe('fetchModules', () => {
	it('asks for the modules of this user', async () => {
		const { crm, sent } = clientWith(() => ({ list: ['aCase'] }));
		expect(await fetchModules(crm)).toEqual([{ name: 'aCase', label: 'aCase' }]);
		expect(sent).toEqual([{ method: 'GET', path: 'meta/modules' }]);
	});

	it('takes modules without a key above them, and a list without modules', async () => {
		expect(await fetchModules(clientWith(() => ({ aCase: 'Cases' })).crm)).toEqual([CASE]);
		expect(await fetchModules(clientWith(() => ({ list: [] })).crm)).toEqual([]);
	});

	it.each([{}, { version: 8 }])('refuses %j, which has no list', async (answer) => {
		const { crm } = clientWith(() => answer);
		await expect(fetchModules(crm)).rejects.toThrow('1CRM answered without a list of modules');
	});
});

describe('what a record belongs to', () => {
	it.each([
		['aCase', 'Cases'],
		['Account', 'Accounts'],
		['Bug', 'Bugs'],
		['Contact', 'Contacts'],
		['Invoice', 'Invoice'],
		['Lead', 'Leads'],
		['Opportunity', 'Opportunities'],
		['Product', 'ProductCatalog'],
		['Project', 'Project'],
		['PurchaseOrder', 'PurchaseOrders'],
		['Quote', 'Quotes'],
		['SalesOrder', 'SalesOrders'],
		['Task', 'Tasks'],
	])('is named as 1CRM does there, without asking: %s', async (module, name) => {
		const { crm, sent } = clientWith(() => ({}));
		expect(await parentValues(crm, { module, id: '7' })).toStrictEqual({
			parent_type: name,
			parent_id: '7',
		});
		expect(sent).toEqual([]);
	});

	it.each(['Shipping', 'toString'])('is asked for where that is not known: %s', async (module) => {
		const list = [
			{ model: 'Other', module: 'Others' },
			{ model: module, module: 'Deliveries' },
		];
		const { crm } = clientWith(() => ({ list }));
		expect(await parentValues(crm, { module, id: '7' })).toStrictEqual({
			parent_type: 'Deliveries',
			parent_id: '7',
		});
	});

	it.each([[[]], [[{ model: 'Shipping' }]], [[{ model: 'Shipping', module: '' }]], [['Shipping']]])(
		'is not guessed where 1CRM says %j',
		async (list) => {
			const { crm } = clientWith(() => ({ list: list as never }));
			await expect(parentValues(crm, { module: 'Shipping', id: '7' })).rejects.toThrow(
				"Nothing can be added to a record of Shipping: 1CRM doesn't say what it calls this module there",
			);
		},
	);
});
