import type { IDataObject } from 'n8n-workflow';
import { fetchCheckedList, withoutFields } from '../../../../../nodes/OneCrm/crm/checkedList';
import { ConditionChecks, NO_CHECKS } from '../../../../../nodes/OneCrm/crm/conditionChecks';
import { encodeConditions } from '../../../../../nodes/OneCrm/crm/filters';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { clientWith } from './scripted-client.cts';

const column = { type: 'varchar', source: { type: 'db' } };
const metadata = readMetadata({
	fields: { id: { ...column, type: 'id' }, name: column, city: column },
	filters: { name: {}, city: {} },
});
const conditions = ['name', 'city'].map((filter) => ({ filter, operator: 'prefix', value: 'B' }));
const checks = new ConditionChecks(
	'Account',
	metadata,
	encodeConditions('Account', metadata, conditions, 'UTC'),
);

/** A server that returns these fields if it is asked for none. */
async function listing(
	records: IDataObject[],
	fields: string[],
	{ usual = ['id', 'name'], isChecked = true } = {},
) {
	const { crm, sent } = clientWith(({ query }) => {
		const asked = (query?.fields as string[]).length > 0 ? (query?.fields as string[]) : usual;
		const answered = records.map((record) =>
			Object.fromEntries(Object.entries(record).filter(([name]) => asked.includes(name))),
		);
		return { records: answered, total_results: records.length };
	});
	const request = { path: 'data/Account', query: { fields, filters: { x: '1' } }, limit: 10 };
	const found = await fetchCheckedList(crm, isChecked ? checks : NO_CHECKS, request);
	return { found, asked: sent.map(({ query }) => query?.fields), sent };
}

const BERG = { id: '1', name: 'Berg', city: 'Bonn', title: 'Head' };
const TAL = { id: '2', name: 'Tal', city: 'Bonn', title: 'Head' };

describe('A list with fields', () => {
	it('asks for those of the conditions, too, and leaves them out', async () => {
		const { found, asked, sent } = await listing([BERG], ['id', 'title', 'name']);
		expect(found).toEqual([{ id: '1', title: 'Head', name: 'Berg' }]);
		expect(asked).toEqual([['id', 'title', 'name', 'city']]);
		expect(sent[0].query).toMatchObject({ filters: { x: '1' } });
	});

	it('fails if a record does not meet the conditions', async () => {
		await expect(listing([BERG, TAL], ['id'])).rejects.toThrow(/returned Account "2"/);
	});
});

describe('A list without fields', () => {
	it('is read once if the fields that come are enough', async () => {
		const { found, asked } = await listing([BERG], [], { usual: ['id', 'name', 'city'] });
		expect(found).toEqual([{ id: '1', name: 'Berg', city: 'Bonn' }]);
		expect(asked).toEqual([[]]);
	});

	it('is read again for the fields of the conditions if they are not', async () => {
		const { found, asked } = await listing([BERG], []);
		expect(found).toEqual([{ id: '1', name: 'Berg' }]);
		expect(asked).toEqual([[], ['id', 'name', 'city']]);
	});

	it('is read again if only one record lacks such a field', async () => {
		const { city: _, ...bare } = BERG;
		const { asked } = await listing([BERG, bare], [], { usual: ['id', 'name', 'city'] });
		expect(asked).toEqual([[], ['id', 'name', 'city']]);
	});

	it.each([[['id', 'name', 'city']], [['id', 'title']]])(
		'fails if a record does not meet the conditions, whether %j come or not',
		async (usual) => {
			await expect(listing([BERG, TAL], [], { usual })).rejects.toThrow(/returned Account "2"/);
		},
	);

	it('is read once if nothing is to be checked', async () => {
		const { found, asked } = await listing([TAL], [], { isChecked: false });
		expect(found).toEqual([{ id: '2', name: 'Tal' }]);
		expect(asked).toEqual([[]]);
	});
});

describe('A record without some of its fields', () => {
	it('has the others', () => {
		expect(withoutFields(BERG, ['name', 'title', 'nothing'])).toEqual({ id: '1', city: 'Bonn' });
	});

	it('is the record itself if none are to be left out', () => {
		expect(withoutFields(BERG, [])).toBe(BERG);
	});
});
