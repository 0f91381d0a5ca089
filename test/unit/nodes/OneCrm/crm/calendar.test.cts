import { readPeriod } from '../../../../../nodes/OneCrm/crm/calendar';

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
		['2026-07-14T10:00', '2026-07-14T09:59', "'End' is before 'Start'"],
	])('refuses %j to %j', (from, to, message) => {
		expect(() => readPeriod(from, to, 'Europe/Vienna')).toThrow(message);
	});
});
