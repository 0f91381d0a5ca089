import * as fc from 'fast-check';
import type { FieldFacts } from '../sandbox/modules/definition.cts';

/** A value that a workflow may write, and the converted value that it should read back. */
export interface FieldValue {
	given: unknown;
	meant: unknown;
}

const LONGEST_TEXT = 40;
/** Half an hour too: Lord Howe moves its clocks by that. */
const CLOCK_CHANGES_MS = [-3_600_000, -1_800_000, 1_800_000, 3_600_000];

const pair = (given: unknown, meant: unknown = given): FieldValue => ({ given, meant });

/** Values for a field, in all forms that its type accepts. `timezone` is that of the workflow. */
export function valuesOf(field: FieldFacts, timezone: string): fc.Arbitrary<FieldValue> {
	switch (field.type) {
		case 'bool':
			return booleans;
		case 'int':
			return wholeNumbers;
		case 'currency':
			return money;
		case 'float':
			return rates;
		case 'date':
			return days;
		case 'datetime':
			return moments(timezone);
		case 'enum':
		case 'status':
			return choices(field.options ?? []);
		case 'multienum':
			return severalChoices(field.options ?? []);
		case 'duration':
		case 'reminder':
			return minutes;
		case 'id':
			return fc.uuid().map((id) => pair(id));
		default:
			return texts(field);
	}
}

const booleans = fc
	.constantFrom<Array<[unknown, boolean]>[number]>(
		[true, true],
		[1, true],
		['1', true],
		['Yes', true],
		['on', true],
		[false, false],
		[0, false],
		['0', false],
		['FALSE', false],
		['no', false],
		['', false],
	)
	.map(([given, meant]) => pair(given, meant));

const wholeNumbers = fc
	.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
	.chain((number) => fc.constantFrom(pair(number), pair(String(number), number), pair('', null)));

/** A number of minutes, which stays the text that it is stored as. */
const minutes = fc.nat({ max: 10_000 }).map((count) => pair(count, String(count)));

/** To the cent, as a text or a number. */
const money = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).chain((cents) => {
	const written = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(
		Math.abs(cents) % 100,
	).padStart(2, '0')}`;
	return fc.constantFrom(pair(written, Number(written)), pair(cents / 100), pair('', null));
});

const rates = fc
	.integer({ min: 1, max: 99_999_999 })
	.chain((parts) =>
		fc.constantFrom(pair(parts / 10_000), pair(String(parts / 10_000), parts / 10_000)),
	);

/** A calendar day stays the same day, whatever time and zone follow it. */
const days = fc
	.tuple(
		fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
		fc.constantFrom(
			'',
			'T00:00:00',
			'T23:59:59Z',
			'T00:30:00+14:00',
			'T23:30:00-11:00',
			' 08:00:00',
		),
	)
	.map(([moment, time]) => {
		const day = moment.toISOString().slice(0, 10);
		return pair(`${day}${time}`, day);
	});

function moments(timezone: string): fc.Arbitrary<FieldValue> {
	return fc
		.tuple(
			fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) }),
			fc.constantFrom('utc', 'offset', 'stored', 'wall clock'),
		)
		.map(([milliseconds, form]) => {
			const moment = new Date(Math.floor(milliseconds / 1000) * 1000);
			const iso = moment.toISOString().slice(0, 19);
			return pair(writtenMoment(moment, form, timezone), `${iso}Z`);
		});
}

function writtenMoment(moment: Date, form: string, timezone: string): string {
	const iso = moment.toISOString().slice(0, 19);
	if (form === 'stored') return iso.replace('T', ' ');
	if (form === 'offset') {
		const ahead = new Date(moment.getTime() + 5.75 * 3_600_000);
		return `${ahead.toISOString().slice(0, 19)}+05:45`;
	}
	const wallClock = wallClockOf(moment, timezone);
	// A time that the clocks show twice means the one or the other.
	const isTwice = CLOCK_CHANGES_MS.some(
		(change) => wallClockOf(new Date(moment.getTime() + change), timezone) === wallClock,
	);
	return form === 'wall clock' && !isTwice ? wallClock : `${iso}.000Z`;
}

/** What the clocks of a zone show: `YYYY-MM-DDTHH:MM:SS`. */
function wallClockOf(moment: Date, timeZone: string): string {
	const options = { timeZone, dateStyle: 'short', timeStyle: 'medium' } as const;
	// Swedish dates are written as ISO 8601 has them.
	return new Intl.DateTimeFormat('sv-SE', options).format(moment).replace(' ', 'T');
}

/** By value or by label. */
function choices(options: Array<{ label: string; value: string }>): fc.Arbitrary<FieldValue> {
	const [first] = options;
	if (first === undefined) return fc.constant(pair('', ''));
	return fc
		.constantFrom(...options)
		.chain(({ label, value }) =>
			fc.constantFrom(pair(value), pair(label, value), pair(label.toUpperCase(), value), pair('')),
		);
}

/** As a list, or in 1CRM's own encoding. */
function severalChoices(
	options: Array<{ label: string; value: string }>,
): fc.Arbitrary<FieldValue> {
	return fc.shuffledSubarray(options.map(({ value }) => value)).chain((values) => {
		const own = values.join('^,^');
		return fc.constantFrom(pair(values), pair(own, values), pair(JSON.stringify(values), values));
	});
}

function texts({ len = LONGEST_TEXT, required }: FieldFacts): fc.Arbitrary<FieldValue> {
	const longest = Math.min(len, LONGEST_TEXT);
	const shortest = required ? 1 : 0;
	return fc
		.oneof(
			fc.string({ unit: 'grapheme', minLength: shortest, maxLength: longest }),
			fc.constantFrom(
				'={{ 1 }}',
				'null',
				'0',
				'A & B, C',
				'a^,^b',
				'a\nb\r\n\tc',
				'<b>&amp;',
				'2026-01-01',
			),
		)
		.filter((text) => text.length <= longest && text.length >= shortest)
		.map((text) => pair(text));
}
