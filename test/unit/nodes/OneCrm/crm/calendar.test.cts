import { convertEvent, fetchEvents, readPeriod } from '../../../../../nodes/OneCrm/crm/calendar';
import { clientWith } from './scripted-client.cts';

describe('readPeriod', () => {
	it.each([
		['2026-10-25', '2026-10-25', '2026-10-24 22:00:00', '2026-10-25 22:59:59'],
		['2026-07-14', ' 2026-07-15 ', '2026-07-13 22:00:00', '2026-07-15 21:59:59'],
		['2026-07-14T09:00', '2026-07-14T09:00', '2026-07-14 07:00:00', '2026-07-14 07:00:00'],
	])('takes %s to %s as days and times of the zone', (from, to, start, end) => {
		expect(readPeriod(from, to, 'Europe/Vienna')).toEqual({ start, end });
	});

	it.each([
		['', '2026-07-14', "'Start' is empty. Enter a date"],
		['2026-07-14', null, "'End' is empty. Enter a date"],
		[undefined, '2026-07-14', "'Start' is empty. Enter a date"],
		['soon', '2026-07-14', "'Start' takes a date and time"],
		['2026-07-14', 'later', "'End' takes a date and time"],
		['2026-07-14T10:00', '2026-07-14T09:59', "'End' is before 'Start'"],
	])('refuses %j to %j', (from, to, message) => {
		expect(() => readPeriod(from, to, 'Europe/Vienna')).toThrow(message);
	});
});

describe('convertEvent', () => {
	it('writes the times of an event in ISO 8601, and leaves the rest', () => {
		const event = { id: '1', name: '2026-07-14 08:00:00', date_start: '2026-07-14 08:00:00' };
		expect(convertEvent({ ...event, date_due: '2026-07-14 09:00:00' })).toEqual({
			...event,
			date_start: '2026-07-14T08:00:00Z',
			date_due: '2026-07-14T09:00:00Z',
		});
		expect(convertEvent({ date_due: null })).toEqual({ date_due: null });
	});

	it('adds no time that an event does not have', () => {
		expect(Object.keys(convertEvent({ id: '1', date_due: '2026-07-14 08:00:00' }))).toEqual([
			'id',
			'date_due',
		]);
	});
});

describe('fetchEvents', () => {
	const period = { start: '2026-07-13 22:00:00', end: '2026-07-14 21:59:59' };

	it('asks for the events of a period, of some types or of all', async () => {
		const { crm, sent } = clientWith(() => ({ records: [{ id: '1' }, { id: '2' }] }));
		expect(await fetchEvents(crm, period, ['Call'])).toEqual([{ id: '1' }, { id: '2' }]);
		const times = { start_date: period.start, end_date: period.end };
		expect(sent).toEqual([
			{ method: 'GET', path: 'calendar/events', query: { ...times, types: ['Call'] } },
		]);
	});

	it('takes an empty list for one, and no list for a failure', async () => {
		const { crm } = clientWith((_, index) => (index === 0 ? { records: [] } : {}));
		expect(await fetchEvents(crm, period, [])).toEqual([]);
		await expect(fetchEvents(crm, period, [])).rejects.toThrow(
			'1CRM answered without a list of events',
		);
	});
});
