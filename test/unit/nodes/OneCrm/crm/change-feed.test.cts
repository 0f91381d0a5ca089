import type { IDataObject } from 'n8n-workflow';
import { cursorAt } from '../../../../../nodes/OneCrm/crm/changeCursor';
import type { ChangeQuery } from '../../../../../nodes/OneCrm/crm/changeFeed';
import { readChanges, readNewestChanges } from '../../../../../nodes/OneCrm/crm/changeFeed';
import { ConditionChecks, NO_CHECKS } from '../../../../../nodes/OneCrm/crm/conditionChecks';
import { encodeConditions } from '../../../../../nodes/OneCrm/crm/filters';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { clientWith } from './scripted-client.cts';

const column = { type: 'varchar', source: { type: 'db' } };
const FIELDS: IDataObject = {
	id: { ...column, type: 'id' },
	name: column,
	city: column,
	date_entered: { ...column, type: 'datetime' },
	date_modified: { ...column, type: 'datetime' },
};
const FILTERS: IDataObject = { city: {}, view_closed: { type: 'flag' } };

/** `12:00:00` as 1CRM writes that time of a day. */
const at = (time: string) => `2026-07-14 ${time}`;
const record = (id: string, entered: string, modified: string, rest: IDataObject = {}) => ({
	id,
	name: `Name ${id}`,
	city: 'Bonn',
	date_entered: at(entered),
	date_modified: at(modified),
	...rest,
});

/** A server that has these records, and lists the newest first with the fields that it is asked for. */
function serverWith(records: IDataObject[], { fields = FIELDS, filters = FILTERS } = {}) {
	return clientWith(({ path, query = {} }) => {
		if (path.startsWith('meta/')) return { fields, filters };
		const newest = [...records].sort((one, other) =>
			String(one.date_modified) < String(other.date_modified) ? 1 : -1,
		);
		const page = newest.slice(Number(query.offset), Number(query.offset) + Number(query.limit));
		const asked = query.fields as string[];
		return {
			records: page.map((entry) =>
				Object.fromEntries(Object.entries(entry).filter(([name]) => asked.includes(name))),
			),
			total_results: records.length,
		};
	});
}

const query = (rest: Partial<ChangeQuery> = {}): ChangeQuery => ({
	module: 'Account',
	fields: [],
	conditions: { filter_text: 'Berg', filters: {} },
	checks: NO_CHECKS,
	...rest,
});
const metadata = readMetadata({ fields: FIELDS, filters: FILTERS });
const checks = new ConditionChecks(
	'Account',
	metadata,
	encodeConditions(
		'Account',
		metadata,
		[{ filter: 'city', operator: 'prefix', value: 'B' }],
		'UTC',
	),
);

const short = (changes: Array<{ event: string; record: IDataObject }>) =>
	changes.map(({ event, record: { id } }) => `${event} ${String(id)}`);

beforeEach(() => {
	vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-07-14T12:00:00Z'));
});

describe('Without a cursor', () => {
	it('there are no changes, and the cursor stands for now', async () => {
		const { crm } = serverWith([record('a', '11:00:00', '11:30:20')]);
		const { changes, cursor } = await readChanges(crm, query(), undefined);
		expect(changes).toEqual([]);
		expect(cursor).toMatchObject({ from: at('11:30:10'), newest: at('11:30:20') });
		expect((await readChanges(crm, query(), cursor)).changes).toEqual([]);
	});

	it('only the newest times are asked for to find out where that is', async () => {
		const { crm, sent } = serverWith([record('a', '11:00:00', '11:30:20')]);
		await readChanges(crm, query(), undefined);
		expect(sent[1].query).toEqual({
			filter_text: 'Berg',
			filters: { view_closed: 1 },
			fields: ['id', 'date_modified'],
			order: 'date_modified DESC',
			offset: 0,
			limit: 20,
		});
	});
});

describe('The changes behind a cursor', () => {
	const cursor = cursorAt(at('11:00:00'));

	it('come the oldest first, those of one second by their IDs', async () => {
		const { crm } = serverWith([
			record('c', '11:10:00', '11:30:00'),
			record('b', '11:10:00', '11:30:00'),
			record('d', '11:10:00', '11:20:00'),
			record('old', '10:00:00', '10:59:59'),
			record('a', '11:10:00', '11:40:00'),
		]);
		const { changes } = await readChanges(crm, query(), cursor);
		expect(changes.map(({ record: { id } }) => id)).toEqual(['d', 'b', 'c', 'a']);
	});

	it('are creations if the record is from after the cursor and nobody has seen it', async () => {
		const { crm } = serverWith([
			record('new', '11:00:00', '11:00:00'),
			record('old', '10:59:59', '11:10:00'),
			record('unknown', '', '11:20:00', { date_entered: null }),
		]);
		const first = await readChanges(crm, query(), cursor);
		expect(short(first.changes)).toEqual(['created new', 'updated old', 'updated unknown']);
	});

	it('are updates if the record was seen before', async () => {
		const seen = await readChanges(
			serverWith([record('a', '11:30:00', '11:30:00')]).crm,
			query(),
			cursor,
		);
		const { crm } = serverWith([
			record('a', '11:30:00', '11:30:05'),
			record('b', '11:30:05', '11:30:05'),
		]);
		const { changes } = await readChanges(crm, query(), seen.cursor);
		expect(short(changes)).toEqual(['updated a', 'created b']);
	});

	it('have all fields, each asked for once, unless some are chosen', async () => {
		const { crm, sent } = serverWith([record('a', '11:10:00', '11:30:00')]);
		const { changes } = await readChanges(crm, query(), cursor);
		expect(changes[0].record).toEqual(record('a', '11:10:00', '11:30:00'));
		expect(sent[1].query?.fields).toEqual(Object.keys(FIELDS));
	});

	it('have the chosen fields, although the times are read, too', async () => {
		const { crm, sent } = serverWith([record('a', '11:10:00', '11:30:00')]);
		const { changes } = await readChanges(crm, query({ fields: ['id', 'name'] }), cursor);
		expect(changes[0].record).toEqual({ id: 'a', name: 'Name a' });
		expect(sent[1].query?.fields).toEqual(['id', 'name', 'date_entered', 'date_modified']);
	});

	it('have the times that are chosen', async () => {
		const { crm } = serverWith([record('a', '11:10:00', '11:30:00')]);
		const fields = ['id', 'date_modified'];
		const { changes } = await readChanges(crm, query({ fields }), cursor);
		expect(changes[0].record).toEqual({ id: 'a', date_modified: at('11:30:00') });
	});

	it('are checked by fields that are not returned unless they are chosen', async () => {
		const { crm, sent } = serverWith([record('a', '11:10:00', '11:30:00')]);
		const { changes } = await readChanges(crm, query({ fields: ['id'], checks }), cursor);
		expect(changes[0].record).toEqual({ id: 'a' });
		expect(sent[1].query?.fields).toEqual(['id', 'date_entered', 'date_modified', 'city']);
		const all = await readChanges(crm, query({ checks }), cursor);
		expect(all.changes[0].record).toMatchObject({ city: 'Bonn' });
	});

	it('fail if a record does not meet the conditions', async () => {
		const { crm } = serverWith([record('a', '11:10:00', '11:30:00', { city: 'Graz' })]);
		await expect(readChanges(crm, query({ checks }), cursor)).rejects.toThrow(/returned Account/);
	});

	it('are asked for with the conditions and with closed records, unless these decide about them', async () => {
		const { crm, sent } = serverWith([]);
		const conditions = (filters: IDataObject) => ({ filter_text: 'Berg', filters });
		await readChanges(crm, query({ conditions: conditions({ city: 'Bonn' }) }), cursor);
		await readChanges(crm, query({ conditions: conditions({ view_closed: '0' }) }), cursor);
		expect(sent.slice(1).map(({ query: asked }) => asked)).toMatchObject([
			{ filter_text: 'Berg', filters: { city: 'Bonn', view_closed: 1 } },
			{ filter_text: 'Berg', filters: { view_closed: '0' } },
		]);
	});

	it('need no time of creation where the module has none', async () => {
		const { date_entered: _, ...fields } = FIELDS;
		const { crm, sent } = serverWith([record('a', '11:10:00', '11:30:00')], { fields });
		const { changes } = await readChanges(crm, query({ fields: ['id'] }), cursor);
		expect(short(changes)).toEqual(['updated a']);
		expect(sent[1].query?.fields).toEqual(['id', 'date_modified']);
	});

	it('cannot be had of a module without a time of change', async () => {
		const { date_modified: _, ...fields } = FIELDS;
		const { crm, sent } = serverWith([], { fields });
		await expect(readChanges(crm, query(), cursor)).rejects.toThrow(
			"Account doesn't record when a record was changed",
		);
		expect(sent).toHaveLength(1);
	});
});

describe('The newest changes', () => {
	it('are so many, the oldest of them first', async () => {
		const { crm, sent } = serverWith([
			record('a', '11:10:00', '11:10:00'),
			record('b', '11:10:00', '11:30:00'),
			record('c', '11:20:00', '11:20:00'),
		]);
		const changes = await readNewestChanges(crm, query({ fields: ['id'] }), 2);
		expect(changes).toEqual([
			{ event: 'created', record: { id: 'c' } },
			{ event: 'updated', record: { id: 'b' } },
		]);
		expect(sent[1].query).toMatchObject({ order: 'date_modified DESC, id', limit: 2 });
	});

	it('fail if a record does not meet the conditions', async () => {
		const { crm } = serverWith([record('a', '11:10:00', '11:30:00', { city: 'Graz' })]);
		await expect(readNewestChanges(crm, query({ checks }), 10)).rejects.toThrow(/returned Account/);
	});
});
