import { convertEvent, readPeriod } from '../../../../../nodes/OneCrm/crm/calendar';

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
		expect(convertEvent({ ...event, date_due: null })).toEqual({
			...event,
			date_start: '2026-07-14T08:00:00Z',
			date_due: null,
		});
	});

	it('adds no time that an event does not have', () => {
		expect(Object.keys(convertEvent({ id: '1', date_due: '2026-07-14 08:00:00' }))).toEqual([
			'id',
			'date_due',
		]);
	});
});
