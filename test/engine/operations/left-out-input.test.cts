import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';
import { upserting } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const automatic = (operation: string, rest: INodeParameters = {}): INodeParameters => ({
	...upserting({}, []),
	operation,
	fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['last_name'] },
	...rest,
});

const leftOut = (names: string, module = 'Contact') => ({
	message: `Left out, because ${module} has no writable field with this name: ${names}`,
	location: 'outputPane',
});

it.each(['create', 'upsert'])('of %s is told by its keys', async (operation) => {
	const record = { last_name: 'Berg', row: 1, date_entered: '2026-01-01', id: 'a', name: 'A B' };
	expect(await hintsOf(engine, automatic(operation), [record])).toEqual([
		leftOut('row, date_entered, id, name'),
	]);
});

it('of an update is the name of a stored file, so that a record can be written back', async () => {
	const record = { last_name: 'Berg', title: 'Boss' };
	const id = sandbox.insert('Contact', record);
	const update = automatic('update', { recordId: id });
	expect(await hintsOf(engine, update, [{ ...record, photo: 'files/images/berg.jpg' }])).toEqual([
		{ message: 'Left out, because the input contains no such file: photo', location: 'outputPane' },
	]);
	expect(sandbox.record('Contact', id)).toMatchObject(record);
});

it('is told once for each key, however many items have it', async () => {
	const records = Array.from({ length: 20 }, (_, index) => ({
		last_name: `Berg ${index}`,
		row: index,
		...(index > 9 && { extra: 1 }),
	}));
	expect(await hintsOf(engine, automatic('create'), records)).toEqual([leftOut('row, extra')]);
});

it('is told of each module, whatever was told of another', async () => {
	const records = ['Contact', 'Account', 'Contact'].map((module) => ({
		module,
		[module === 'Contact' ? 'last_name' : 'name']: 'Berg',
	}));
	const parameters = automatic('create', { module: '={{ $json.module }}' });
	expect(await hintsOf(engine, parameters, records)).toEqual([
		leftOut('module'),
		leftOut('module', 'Account'),
	]);
});

it('is told in one hint of some of many keys', async () => {
	const records = Array.from({ length: 50 }, (_, index) => ({
		last_name: 'Berg',
		[`key${index}`]: index,
	}));
	const [{ message }, ...more] = await hintsOf(engine, automatic('create'), records);
	expect(message).toMatch(/: key\d+, .* and 30 more$/);
	expect(more).toEqual([]);
});

it('is told of an update too', async () => {
	const recordId = sandbox.insert('Contact', { last_name: 'Berg' });
	const record = { title: 'Head', unknown: 1 };
	expect(await hintsOf(engine, automatic('update', { recordId }), [record])).toEqual([
		leftOut('unknown'),
	]);
});

it('does not hold the id that an upsert matches on', async () => {
	const parameters = automatic('upsert', {
		fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['id'] },
	});
	expect(await hintsOf(engine, parameters, [{ id: 'a', last_name: 'Berg' }])).toEqual([]);
});

it('is nothing where all keys can be written', async () => {
	expect(
		await hintsOf(engine, automatic('create'), [{ last_name: 'Berg', title: 'Head' }]),
	).toEqual([]);
});

it('is nothing of fields that are mapped by hand', async () => {
	const parameters = { ...upserting({ last_name: 'Berg' }, []), operation: 'create' };
	expect(await hintsOf(engine, parameters, [{ row: 1 }])).toEqual([]);
});

it('is told beside items that fail', async () => {
	const records = [{ last_name: '', row: 1 }, { last_name: 'Berg' }];
	expect(await hintsOf(engine, automatic('create'), records)).toEqual([leftOut('row')]);
	expect(sandbox.records('Contact')).toHaveLength(1);
});
