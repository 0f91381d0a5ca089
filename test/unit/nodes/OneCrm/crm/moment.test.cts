import { tryToParseDateTime, UserError } from 'n8n-workflow';
import {
	asSecond,
	decodeMoment,
	encodeDate,
	encodeMoment,
	endOfDay,
	isNoDate,
	secondAfter,
} from '../../../../../nodes/OneCrm/crm/moment';

const owner = { label: 'Starts' };
const secondOf = (value: unknown, timezone = 'Europe/Vienna') =>
	encodeMoment(owner, value, timezone).second;
const dayOf = (value: unknown, timezone = 'Europe/Vienna') => encodeDate(owner, value, timezone);

describe('a moment may be written as', () => {
	it.each([
		['2026-07-14', '2026-07-13 22:00:00'],
		['2026-07-14T09:30', '2026-07-14 07:30:00'],
		['2026-07-14T0930', '2026-07-14 07:30:00'],
		['2026-07-14T093015', '2026-07-14 07:30:15'],
		['2026-07-14T09:30:15', '2026-07-14 07:30:15'],
		['2026-07-14T23:59:59', '2026-07-14 21:59:59'],
		['2026-07-14T09:30:15.9', '2026-07-14 07:30:15'],
		['2026-07-14T09:30:15,987654', '2026-07-14 07:30:15'],
		['2026-07-14T09:30Z', '2026-07-14 09:30:00'],
		['2026-07-14t09:30z', '2026-07-14 09:30:00'],
		['2026-07-14T09:30:00+02', '2026-07-14 07:30:00'],
		['2026-07-14T09:30:00+0230', '2026-07-14 07:00:00'],
		['2026-07-14T09:30:00+02:30', '2026-07-14 07:00:00'],
		['2026-07-14T09:30:00-11:00', '2026-07-14 20:30:00'],
		['2026-07-14T09:30:00+14:00', '2026-07-13 19:30:00'],
		['2026-07-14 09:30:00 +02:00', '2026-07-14 07:30:00'],
		['2026-07-14 09:30', '2026-07-14 09:30:00'],
		['2026-07-14 09:30:15', '2026-07-14 09:30:15'],
		['2026-07-14 09:30:15.25', '2026-07-14 09:30:15'],
		['  2026-07-14 09:30:15  ', '2026-07-14 09:30:15'],
		['Tue, 14 Jul 2026 09:30 GMT', '2026-07-14 09:30:00'],
		['Tue, 14 Jul 2026 09:30:15 GMT', '2026-07-14 09:30:15'],
		['Tue, 7 Jul 2026 09:30:15 UTC', '2026-07-07 09:30:15'],
		['Tue, 14 Jul 2026 09:30:15 UT', '2026-07-14 09:30:15'],
		['Tue, 14 Jul 2026 09:30:15 +0230', '2026-07-14 07:00:15'],
		['Tue, 14 Jul 2026 09:30:15 -0200', '2026-07-14 11:30:15'],
	])('%j', (written, second) => {
		expect(secondOf(written)).toBe(second);
	});

	it.each([
		['a date-time of n8n', tryToParseDateTime('2026-07-14T09:30:15Z', 'UTC')],
		['a date of JavaScript', new Date('2026-07-14T09:30:15Z')],
	])('%s', (_, value) => {
		expect(secondOf(value)).toBe('2026-07-14 09:30:15');
	});
});

describe('a moment is not guessed from', () => {
	it.each([
		...['', ' ', 'x2026-07-14', '2026-07-14x', '2026-07-14T', '2026-07-14T9:30', '2026-7-14'],
		...['2026-07-14T24:00', '2026-07-14T09:60', '2026-07-14T09:30:60', '2026-07-14T09:30:1'],
		...['2026-07-14T09:30:15.', '2026-07-14T09:30 CET', '2026-07-14T09:30+15:00'],
		...['2026-07-14T09:30+2', '2026-07-14T09:30+02:60', '2026-07-14T09:30  Z', '12026-07-14'],
		...['2026-07-14-09:30', '2026-07-14T09', '2026-07-14Z'],
		...['Tue, 14 Jul 2026', 'Tue 14 Jul 2026 09:30 GMT', 'Tue, 14 Jul 26 09:30 GMT'],
		...['Tue, 14 Jul 2026 9:30 GMT', 'Tue, 14 Jul 2026 09:30', 'Tue, 14 Jul 2026 09:30 CET'],
		...['Tuesday, 14 Jul 2026 09:30 GMT', 'Tue, 14 Jul 2026 09:30:00 GMT x'],
		...['x Tue, 14 Jul 2026 09:30:00 GMT', 'Tue, 14 July 2026 09:30 GMT', '9:30 AM'],
		...['2026-02-29', '2026-02-30T10:00Z', '2026-13-01', '2026-00-01', '2026-01-00'],
		...[1_784_021_400_000, true, null, undefined, ['2026-07-14'], {}],
	])('%j', (value) => {
		const words = `'Starts' takes a date and time, e.g. 2026-07-14T09:30:00+02:00, not "`;
		expect(() => secondOf(value)).toThrow(UserError);
		expect(() => secondOf(value)).toThrow(words);
	});

	it('a date of JavaScript that is none, or that lies beyond the years of 1CRM', () => {
		for (const value of [new Date(NaN), new Date('+012026-01-01'), new Date('-000001-01-01')]) {
			expect(() => secondOf(value)).toThrow(UserError);
			expect(() => dayOf(value)).toThrow(UserError);
		}
	});

	it('a day of a leap year, however, is one', () => {
		expect(secondOf('2028-02-29T12:00Z')).toBe('2028-02-29 12:00:00');
	});
});

it.each([
	['2026-07-14T09:30:15Z', false],
	['2026-07-14T09:30:15.000Z', false],
	['2026-07-14T09:30:15.001Z', true],
])('whether the second of %s began before it is known: %s', (written, hasFraction) => {
	expect(encodeMoment(owner, written, 'UTC')).toEqual({
		second: '2026-07-14 09:30:15',
		hasFraction,
	});
});

describe('a day', () => {
	it.each(['2026-07-14', ' 2026-07-14 ', '2026-07-14T23:30:00-11:00', '2026-07-14 00:00:00'])(
		'is the one that is written in %j',
		(written) => {
			expect(dayOf(written)).toBe('2026-07-14');
		},
	);

	it('may be one that the clocks of the zone left out', () => {
		expect(dayOf(' 2011-12-30 ', 'Pacific/Apia')).toBe('2011-12-30');
	});

	it('of a moment that is written in words is the one that is written there', () => {
		expect(dayOf('Tue, 14 Jul 2026 23:30:00 GMT')).toBe('2026-07-14');
	});

	it('of a date of JavaScript is that in the zone of the workflow', () => {
		expect(dayOf(new Date('2026-07-14T23:30:00Z'))).toBe('2026-07-15');
		expect(dayOf(new Date('2026-07-14T23:30:00Z'), 'UTC')).toBe('2026-07-14');
	});

	it.each(['tomorrow', '2026-02-30', 20260714, ['2026-07-14']])('is not %j', (value) => {
		expect(() => dayOf(value)).toThrow(UserError);
		expect(() => dayOf(value)).toThrow("'Starts' takes a date, e.g. 2026-07-14, not ");
	});
});

it.each([
	['2026-07-14', '2026-07-14T23:59:59'],
	[' 2026-07-14 ', '2026-07-14T23:59:59'],
	['2026-07-14T10:00', '2026-07-14T10:00'],
	['x2026-07-14', 'x2026-07-14'],
	[20260714, 20260714],
	[undefined, undefined],
])('the end of a period that ends with %j is %j', (value, end) => {
	expect(endOfDay(value)).toBe(end);
});

it.each([
	['0000-00-00', true],
	['0000-00-00 00:00:00', true],
	[' 0000-00-00', true],
	['2000-00-00', false],
	['1 0000-00-00', false],
	['', false],
	[0, false],
	[null, false],
])("%j is MySQL's word for no date: %s", (value, is) => {
	expect(isNoDate(value)).toBe(is);
});

it.each([
	['2026-07-14 09:30:15', '2026-07-14T09:30:15Z'],
	['2026-07-14 09:30', '2026-07-14T09:30Z'],
	['2026-07-14 09:30:15.25', '2026-07-14T09:30:15.25Z'],
	['0000-00-00 00:00:00', null],
	['2026-07-14', '2026-07-14'],
	['2026-07-14T09:30:15', '2026-07-14T09:30:15'],
	['2026-07-14 09:30:15 CET', '2026-07-14 09:30:15 CET'],
	['on 2026-07-14 09:30:15', 'on 2026-07-14 09:30:15'],
	['2026-07-14 09:30:15.', '2026-07-14 09:30:15.'],
	['', ''],
])('%j, as 1CRM writes it, is read as %j', (text, read) => {
	expect(decodeMoment(text)).toBe(read);
});

it('a second is written as 1CRM does, and others are counted from it', () => {
	expect(asSecond(Date.UTC(2026, 6, 14, 9, 30, 15, 999))).toBe('2026-07-14 09:30:15');
	expect(secondAfter('2026-07-14 09:30:15', 45_000)).toBe('2026-07-14 09:31:00');
	expect(secondAfter('2026-01-01 00:00:00', -1000)).toBe('2025-12-31 23:59:59');
	expect(secondAfter('2026-07-14 09:30:15', 999)).toBe('2026-07-14 09:30:15');
});
