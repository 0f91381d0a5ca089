import type { IDataObject } from 'n8n-workflow';
import { changedRecords, isNotAfter } from '../../../../../nodes/OneCrm/crm/changes';
import { clientWith } from './scripted-client.cts';

const since = (second: string, hasFraction = false) => ({
	moment: { second, hasFraction },
	option: 'Changed After',
});
const NOON = '2026-07-14 12:00:00';

describe('A list of what was changed', () => {
	const listed = async (fields: string[], names = ['id', 'name', 'date_modified']) => {
		const { crm } = clientWith(() => ({
			fields: Object.fromEntries(names.map((name) => [name, { type: 'varchar' }])),
		}));
		return await changedRecords(crm, 'Account', since(NOON), fields);
	};

	it('asks for the newest first, with the fields that are wanted and the time of the change', async () => {
		const { query } = await listed(['name']);
		expect(query).toEqual({ order: 'date_modified DESC', fields: ['name', 'date_modified'] });
	});

	it('asks for each field once', async () => {
		const { query } = await listed(['date_modified', 'name', 'name']);
		expect(query.fields).toEqual(['date_modified', 'name']);
	});

	it('asks for all fields unless some are chosen', async () => {
		const { query } = await listed([]);
		expect(query.fields).toEqual(['id', 'name', 'date_modified']);
	});

	it('ends where the older changes begin, each time that it is read', async () => {
		const { stopAt } = await listed([]);
		for (const isOlder of [stopAt(), stopAt()]) {
			expect(isOlder({ date_modified: '2026-07-14 12:00:01' })).toBe(false);
			expect(isOlder({ date_modified: NOON })).toBe(true);
		}
	});

	it('is refused for a module that records no changes', async () => {
		await expect(listed(['name'], ['id', 'name'])).rejects.toThrow(
			"Account doesn't record when a record was changed, so 'Changed After' cannot be used",
		);
	});
});

describe('A row of a list, the newest first,', () => {
	const checked = (times: unknown[], hasFraction = false): boolean[] => {
		const isOlder = isNotAfter(since(NOON, hasFraction), 'changed');
		return times.map((changed) => isOlder({ changed } as IDataObject));
	};

	it('was changed after a moment if it was changed in a later second', () => {
		const times = ['2026-07-14 12:00:02', '2026-07-14 12:00:01', NOON, '2026-07-14 11:59:59'];
		expect(checked(times)).toEqual([false, false, true, true]);
	});

	it('may have been changed after a moment within its second', () => {
		expect(checked([NOON, '2026-07-14 11:59:59'], true)).toEqual([false, true]);
	});

	it('may be as old as the row before', () => {
		expect(checked([NOON, NOON])).toEqual([true, true]);
	});

	it.each([
		['newer than the row before', [NOON, '2026-07-14 12:00:01']],
		['without a time', [NOON, null]],
		['without a time at the beginning', ['']],
		['that does not contain the column', [undefined]],
	])('%s is refused, because others might be missed', (_what, times) => {
		expect(() => checked(times)).toThrow(
			"The server didn't return the newest records first, so 'Changed After' could miss some",
		);
	});
});
