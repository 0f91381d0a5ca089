import type { IDataObject } from 'n8n-workflow';
import type { SeenRecord } from '../../../../../nodes/OneCrm/crm/changeRecord';
import { changeRecord, inTurn } from '../../../../../nodes/OneCrm/crm/changeRecord';
import type { FieldValues } from '../../../../../nodes/OneCrm/crm/recordValues';
import { clientWith } from './scripted-client.cts';

const KEY = { module: 'Contact', id: 'a-1' };

/** A server with one record, whose PATCH may fail with a lost answer after it was written. */
function serverWith(record: IDataObject, isLost: (index: number) => boolean = () => false) {
	const stored = { ...record };
	let patches = 0;
	const fields = Object.fromEntries(
		['last_name', 'title', 'city'].map((name) => [
			name,
			{ type: 'varchar', vname: name, required: name === 'last_name' },
		]),
	);
	const { crm, sent } = clientWith(({ method, path, body }) => {
		if (path.startsWith('meta/')) return { fields };
		if (method === 'GET') return { record: { ...stored } };
		Object.assign(stored, (body as { data: IDataObject }).data);
		if (isLost(patches++)) throw new Error('Lost');
		return { result: true };
	});
	const change = async (data: FieldValues, seen?: SeenRecord, key = KEY) =>
		await changeRecord(crm, key, { data, files: {} }, seen);
	const asked = () =>
		sent
			.filter(({ path }) => path.startsWith('data/'))
			.map(({ method, query, body }) =>
				method === 'GET' ? query?.fields : (body as { data: IDataObject }).data,
			);
	return { crm, change, asked, stored };
}

describe('A record is changed', () => {
	it('by the values that it does not have yet', async () => {
		const { change, asked } = serverWith({ title: 'Head', city: 'Graz' });
		expect(await change({ title: 'Head', city: 'Linz' })).toEqual({
			...KEY,
			data: { title: 'Head', city: 'Linz' },
			verb: 'updated',
		});
		expect(asked()).toEqual([['title', 'city', 'deleted'], { city: 'Linz' }]);
	});

	it('not at all if it has them all', async () => {
		const { change, asked } = serverWith({ title: 'Head' });
		expect(await change({ title: 'Head' })).toEqual({
			...KEY,
			data: { title: 'Head' },
			verb: 'unchanged',
		});
		expect(asked()).toEqual([['title', 'deleted']]);
	});

	it('without reading what was seen of it', async () => {
		const { change, asked } = serverWith({ title: 'Head' });
		const seen = { values: { title: 'Head', city: 'Graz' }, fields: ['title', 'city'] };
		expect(await change({ title: 'Head', city: 'Linz' }, seen)).toMatchObject({ verb: 'updated' });
		expect(asked()).toEqual([{ city: 'Linz' }]);
	});

	it('after reading it if only a part was seen', async () => {
		const { change, asked } = serverWith({ title: 'Head', city: 'Graz' });
		const seen = { values: { title: 'Head' }, fields: ['title'] };
		expect(await change({ title: 'Head', city: 'Graz' }, seen)).toMatchObject({
			verb: 'unchanged',
		});
		expect(asked()).toEqual([['title', 'city', 'deleted']]);
	});

	it('never so that a required field is cleared', async () => {
		const { change, asked } = serverWith({ last_name: 'Berg' });
		await expect(change({ last_name: '' })).rejects.toThrow(
			"Contact needs a value for 'last_name' (last_name), which cannot be cleared",
		);
		expect(asked()).toEqual([]);
	});
});

describe('Several changes of a record', () => {
	it('are compared with what the ones before wrote', async () => {
		const { change, asked } = serverWith({ title: 'Head', city: 'Graz' });
		const seen = { values: { title: 'Head', city: 'Graz' }, fields: ['title', 'city'] };
		const written = await Promise.all([
			change({ title: 'Chair' }, seen),
			change({ city: 'Linz' }, seen),
			change({ title: 'Chair', city: 'Linz' }, seen),
			change({ title: 'Head' }, seen),
		]);
		expect(written.map(({ verb }) => verb)).toEqual(['updated', 'updated', 'unchanged', 'updated']);
		expect(asked()).toEqual([{ title: 'Chair' }, { city: 'Linz' }, { title: 'Head' }]);
	});

	it('need no reading of what the ones before wrote, without anything seen either', async () => {
		const { change, asked } = serverWith({ title: 'Head' });
		await change({ title: 'Chair' });
		expect(await change({ title: 'Chair' })).toMatchObject({ verb: 'unchanged' });
		expect(asked()).toEqual([['title', 'deleted'], { title: 'Chair' }]);
	});

	it('begin with a reading after one whose answer was lost', async () => {
		const { change, asked } = serverWith({ title: 'Head' }, (index) => index === 0);
		const seen = { values: { title: 'Head' }, fields: ['title'] };
		await expect(change({ title: 'Chair' }, seen)).rejects.toThrow('Lost');
		expect(await change({ title: 'Head' }, seen)).toMatchObject({ verb: 'updated' });
		expect(asked()).toEqual([{ title: 'Chair' }, ['title', 'deleted'], { title: 'Head' }]);
	});

	it('stay wary of what was seen before the failure', async () => {
		const { change, asked } = serverWith({ title: 'Head', city: 'Graz' }, (index) => index === 0);
		const seen = { values: { title: 'Head', city: 'Graz' }, fields: ['title', 'city'] };
		await expect(change({ city: 'Linz' }, seen)).rejects.toThrow('Lost');
		await change({ title: 'Chair' }, seen);
		await change({ city: 'Graz' }, seen);
		expect(asked().slice(1)).toEqual([
			['title', 'deleted'],
			{ title: 'Chair' },
			['city', 'deleted'],
			{ city: 'Graz' },
		]);
	});

	it('take turns however its ID is written, and not with those of another record', async () => {
		const { crm } = serverWith({});
		const order: string[] = [];
		const work = (name: string, id: string, milliseconds: number) =>
			inTurn(crm, { module: 'Contact', id }, async () => {
				await new Promise((resolve) => setTimeout(resolve, milliseconds));
				order.push(name);
			});
		await Promise.all([work('first', 'a-1', 20), work('second', 'A-1', 0), work('other', 'b', 0)]);
		expect(order).toEqual(['other', 'first', 'second']);
	});
});
