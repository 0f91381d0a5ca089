import type { IDataObject } from 'n8n-workflow';
import { readModules } from '../../../../../nodes/OneCrm/crm/modules';

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
