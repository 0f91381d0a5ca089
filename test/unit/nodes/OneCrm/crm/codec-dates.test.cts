import fc from 'fast-check';
import { tryToParseDateTime, UserError } from 'n8n-workflow';
import { decodeValue, encodeValue } from '../../../../../nodes/OneCrm/crm/codec';
import { CASES } from '../../cases.cts';
import { owner } from './owner.cts';
import { moment, wallClock, zone, ZONES } from './zones.cts';

const encodeDate = (value: unknown, timezone: string) =>
	encodeValue(owner('date'), value, timezone);
const encodeMoment = (value: unknown, timezone: string) =>
	encodeValue(owner('dateTime'), value, timezone);
const decodeMoment = (value: unknown) => decodeValue(owner('dateTime'), value);

/** As n8n's expressions return it: `$now`, or a parsed date-time. */
const luxon = (at: Date, timezone: string) => tryToParseDateTime(at, timezone);

/** As 1CRM stores it. */
const stored = (at: Date) => at.toISOString().replace('T', ' ').slice(0, 19);

const offset = fc.constantFrom('Z', '+00:00', '-11:00', '+14:00', '+05:45', '-03:30');

describe('a date', () => {
	const day = fc
		.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));
	const time = fc.constantFrom('00:00:00', '00:30', '02:30:00', '12:00', '23:59:59.999');

	it('is the day that was written, in every zone', () => {
		fc.assert(
			fc.property(day, zone, (written, timezone) => {
				expect(encodeDate(written, timezone)).toBe(written);
				expect(decodeValue(owner('date'), written)).toBe(written);
			}),
			CASES,
		);
	});

	it('is the day that was written, whatever time and offset stand behind it', () => {
		fc.assert(
			fc.property(
				day,
				time,
				fc.option(offset, { nil: '' }),
				zone,
				(date, clock, behind, timezone) => {
					expect(encodeDate(`${date}T${clock}${behind}`, timezone)).toBe(date);
					expect(encodeDate(` ${date} ${clock}`, timezone)).toBe(date);
				},
			),
			CASES,
		);
	});

	it('is the day of the calendar on the wall, of a date-time of n8n in any zone', () => {
		fc.assert(
			fc.property(moment, zone, zone, (at, ownZone, timezone) => {
				expect(encodeDate(luxon(at, ownZone), timezone)).toBe(wallClock(at, ownZone)[0]);
			}),
			CASES,
		);
	});

	it('is the day of the workflow, of a JavaScript date', () => {
		fc.assert(
			fc.property(moment, zone, (at, timezone) => {
				expect(encodeDate(at, timezone)).toBe(wallClock(at, timezone)[0]);
			}),
			CASES,
		);
	});

	it.each([
		'14.07.2026',
		'07/14/2026',
		'2026-7-4',
		'20260714',
		'2026-07',
		'today',
		'1',
		1,
		true,
		{},
	])('is not guessed from %j', (value) => {
		expect(() => encodeDate(value, 'UTC')).toThrow(UserError);
		expect(() => encodeDate(value, 'UTC')).toThrow("'Field' takes a date, e.g. 2026-07-14, not ");
	});

	it.each(['2026-13-01', '2026-00-10', '2026-01-32'])('cannot be %s', (value) => {
		expect(() => encodeDate(value, 'UTC')).toThrow(UserError);
	});

	it.each(['2026-02-29', '2026-02-30', '2026-04-31', '2026-06-31T10:00:00Z'])(
		'cannot be %s, which no calendar has',
		(value) => {
			for (const timezone of ZONES) expect(() => encodeDate(value, timezone)).toThrow(UserError);
		},
	);

	it.each([
		['2011-12-30', 'Pacific/Apia'],
		['1994-12-31', 'Pacific/Kiritimati'],
		['1993-08-21', 'Pacific/Kwajalein'],
	])('may be %s, which the clocks of %s left out', (value, timezone) => {
		expect(encodeDate(value, timezone)).toBe(value);
	});
});

describe('a date-time', () => {
	it('comes back as the same moment, however n8n holds it', () => {
		fc.assert(
			fc.property(moment, zone, zone, (at, ownZone, timezone) => {
				for (const value of [
					at,
					at.toISOString(),
					luxon(at, ownZone),
					luxon(at, ownZone).toISO(),
				]) {
					const written = encodeMoment(value, timezone);
					expect(written).toBe(stored(at));
					expect(new Date(String(decodeMoment(written)))).toEqual(at);
				}
			}),
			CASES,
		);
	});

	it('with an offset is that moment, whatever the zone of the workflow', () => {
		expect(encodeMoment('2026-07-14T09:30:00+02:00', 'Pacific/Niue')).toBe('2026-07-14 07:30:00');
		expect(encodeMoment('2026-07-14 09:30:00-03:30', 'UTC')).toBe('2026-07-14 13:00:00');
		expect(encodeMoment('Tue, 14 Jul 2026 09:30:00 GMT', 'Pacific/Niue')).toBe(
			'2026-07-14 09:30:00',
		);
	});

	it('without a zone is what the clock on the wall of the workflow shows', () => {
		fc.assert(
			fc.property(moment, zone, (at, timezone) => {
				const [day, time] = wallClock(at, timezone);
				const written = encodeMoment(`${day}T${time}`, timezone);
				// While clocks are put back an hour comes twice, and either is right.
				expect(wallClock(new Date(`${String(written).replace(' ', 'T')}Z`), timezone)).toEqual([
					day,
					time,
				]);
			}),
			CASES,
		);
	});

	it('that clocks leave out in spring moves on with them', () => {
		expect(encodeMoment('2026-03-29T02:30:00', 'Europe/Vienna')).toBe('2026-03-29 01:30:00');
		expect(encodeMoment('2026-10-04T02:15:00', 'Australia/Lord_Howe')).toBe('2026-10-03 15:45:00');
	});

	it.each(['2026-07-14 10:00:00.5', '2026-07-14 10:00:00.500000', '2026-07-14 10:00'])(
		'as a database gives it is UTC too: %s',
		(written) => {
			for (const timezone of ZONES) {
				expect(encodeMoment(written, timezone)).toBe('2026-07-14 10:00:00');
			}
		},
	);

	it.each(['0000-00-00', '0000-00-00 00:00:00'])('that MySQL writes as %s is none', (written) => {
		expect(encodeMoment(written, 'UTC')).toBeNull();
		expect(encodeDate(written, 'UTC')).toBeNull();
		expect(decodeMoment(written)).toBeNull();
	});

	it('as 1CRM gives it back is UTC, and stays as it is in every zone', () => {
		fc.assert(
			fc.property(moment, zone, (at, timezone) => {
				expect(encodeMoment(stored(at), timezone)).toBe(stored(at));
				expect(encodeMoment(decodeMoment(stored(at)), timezone)).toBe(stored(at));
			}),
			CASES,
		);
	});

	it('of a day alone is its beginning in the zone of the workflow', () => {
		expect(encodeMoment('2026-07-14', 'Pacific/Kiritimati')).toBe('2026-07-13 10:00:00');
		expect(encodeMoment('2026-07-14', 'Pacific/Niue')).toBe('2026-07-14 11:00:00');
	});

	it.each([
		'tomorrow',
		'14.07.2026 09:30',
		'1752485400',
		1752485400000,
		'2026-07-14T25:00',
		new Date(NaN),
	])('is not guessed from %j', (value) => {
		expect(() => encodeMoment(value, 'UTC')).toThrow(UserError);
		expect(() => encodeMoment(value, 'UTC')).toThrow(
			/'Field' takes a date and time, e.g. .*, not /,
		);
	});

	it('cannot be on a day that no calendar has', () => {
		expect(() => encodeMoment('2026-02-30T10:00:00', 'UTC')).toThrow(UserError);
		// No place is so far from UTC.
		expect(() => encodeMoment('2026-07-14T09:30:00+25:00', 'UTC')).toThrow(UserError);
		expect(() => encodeMoment('2026-07-14T09:30:00+02:75', 'UTC')).toThrow(UserError);
	});

	it('is written in the same digits in every language', () => {
		const arabic = luxon(new Date('2026-07-14T09:30:00Z'), 'UTC').setLocale('ar-EG');
		expect(encodeMoment(arabic, 'UTC')).toBe('2026-07-14 09:30:00');
	});

	it('cannot be in a year that 1CRM could not store', () => {
		expect(() => encodeMoment(new Date('+012026-01-01T00:00:00Z'), 'UTC')).toThrow(UserError);
	});

	it('that was never set, in the words of MySQL, is read as none', () => {
		expect(decodeMoment('0000-00-00 00:00:00')).toBeNull();
	});
});
