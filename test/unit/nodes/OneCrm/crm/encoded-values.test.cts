import { decodeValue, encodeValue } from '../../../../../nodes/OneCrm/crm/codec';
import type { FieldKind } from '../../../../../nodes/OneCrm/crm/fieldType';
import { owner } from './owner.cts';

const STAGES = [
	{ value: 'won', label: 'Closed Won' },
	{ value: 'lost', label: 'Closed Lost' },
	{ value: 'Mr. ', label: 'Mister' },
	{ value: '5', label: 'Five, or So' },
	{ value: 'C, D', label: 'Letters' },
	{ value: 'old1', label: 'Archived' },
	{ value: 'old2', label: 'Archived' },
];

const encode = (kind: FieldKind, value: unknown, onUnlisted?: () => void) =>
	encodeValue(owner(kind, STAGES), value, 'Europe/Vienna', onUnlisted);

describe('A value is written:', () => {
	it.each<[FieldKind, unknown, string | number | null]>([
		['boolean', true, 1],
		['boolean', 'off', 0],
		['boolean', null, 0],
		['boolean', '', 0],
		['date', '2026-07-14T23:30:00Z', '2026-07-14'],
		['date', '0000-00-00', null],
		['date', undefined, null],
		['dateTime', '2026-07-14T09:30:00', '2026-07-14 07:30:00'],
		['dateTime', '0000-00-00 00:00:00', null],
		['dateTime', null, null],
		['decimal', '12.50', '12.50'],
		['decimal', ' 12 ', '12'],
		['decimal', '+1.5', '1.5'],
		['decimal', '-1.5', '-1.5'],
		['decimal', 1.5e-7, '0.00000015'],
		['decimal', -2e-10, '-0.0000000002'],
		['decimal', 1e-16, '0.0000000000000001'],
		['decimal', '', null],
		['integer', '007', '007'],
		['integer', ' +7', '7'],
		['integer', 1.5e21, '1500000000000000000000'],
		['integer', null, null],
		['file', 'INCOMING~1', 'INCOMING~1'],
		['file', null, ''],
		['text', ' Berg ', ' Berg '],
		['text', 5, '5'],
		['text', 5n, '5'],
		['text', new Date(0), '1970-01-01T00:00:00.000Z'],
		['text', false, 'false'],
		['text', undefined, ''],
		['picklist', ' won ', 'won'],
		['picklist', 'closed WON', 'won'],
		['picklist', 'Mr.', 'Mr. '],
		['picklist', 5, '5'],
		['picklist', null, ''],
		['multiSelect', 'won', 'won'],
		['multiSelect', ' lost , Closed Won ', 'lost^,^won'],
		['multiSelect', 'Five, or So', '5'],
		['multiSelect', 'C, D', 'C, D'],
		['multiSelect', 'lost^,^won', 'lost^,^won'],
		['multiSelect', ' ["lost", 5]', 'lost^,^5'],
		['multiSelect', ['lost', 'Mister'], 'lost^,^Mr. '],
		['multiSelect', [], ''],
		['multiSelect', null, ''],
	])('%s %o as %j', (kind, given, written) => {
		expect(encode(kind, given)).toBe(written);
	});

	it.each([
		[null, null],
		[undefined, null],
		['', ''],
		['17', '17'],
	])('an ID, %j, as %j, so that the user decides how a reference is cleared', (given, written) => {
		expect(encodeValue({ ...owner('text'), type: 'id' }, given, 'UTC')).toBe(written);
	});
});

describe('A value is refused:', () => {
	it.each<[FieldKind, unknown, string]>([
		['boolean', 'maybe', 'true or false, not "maybe"'],
		['date', 'soon', 'a date, e.g. 2026-07-14, not "soon"'],
		['dateTime', 'soon', 'a date and time, e.g. 2026-07-14T09:30:00+02:00, not "soon"'],
		['decimal', 'x1', 'a number, written like 1234.56, not "x1"'],
		['decimal', '1e-7', 'a number, written like 1234.56, not "1e-7"'],
		['decimal', '1.', 'a number, written like 1234.56, not "1."'],
		['decimal', true, 'a number, written like 1234.56, not "true"'],
		['decimal', '5 EUR', 'a number, written like 1234.56, not "5 EUR"'],
		['integer', '1.0', 'a whole number, not "1.0"'],
		['integer', [5], 'a whole number, not "[5]"'],
		['integer', '+', 'a whole number, not "+"'],
		['integer', '1+1', 'a whole number, not "1+1"'],
		['integer', 'x7', 'a whole number, not "x7"'],
		['integer', '7x', 'a whole number, not "7x"'],
		['text', ['a'], 'text, not "["a"]"'],
		['text', { a: 1 }, 'text, not "{"a":1}"'],
		['picklist', 'open', 'one of: won, lost, Mr. , 5, C, D, old1, old2, not "open"'],
		['picklist', 'won,lost', 'one of: won, lost, Mr. , 5, C, D, old1, old2, not "won,lost"'],
		['picklist', 'Archived', 'one of: won, lost, Mr. , 5, C, D, old1, old2, not "Archived"'],
		['multiSelect', ['won', 'open'], 'one of: won, lost, Mr. , 5, C, D, old1, old2, not "open"'],
		['multiSelect', '["won"', 'a list of values, e.g. ["A", "B"], not "["won""'],
		['multiSelect', { won: true }, 'text, not "{"won":true}"'],
	])('%s %o', (kind, given, message) => {
		expect(() => encode(kind, given)).toThrow(
			expect.objectContaining({ message: `'Field' takes ${message}` }),
		);
	});
});

describe('A value that is not in the list of a picklist', () => {
	it('is written if the caller takes it, who is told of each', () => {
		const onUnlisted = vi.fn();
		expect(encode('picklist', ' open ', onUnlisted)).toBe('open');
		expect(encode('multiSelect', ['open', 'won', 'Archived'], onUnlisted)).toBe(
			'open^,^won^,^Archived',
		);
		expect(onUnlisted).toHaveBeenCalledTimes(3);
	});

	it('is no reason to tell of those that are, nor of any if 1CRM has no list', () => {
		const onUnlisted = vi.fn();
		expect(encodeValue(owner('picklist'), ' open ', 'UTC', onUnlisted)).toBe('open');
		encode('multiSelect', ['Closed Lost', 'won'], onUnlisted);
		expect(onUnlisted).not.toHaveBeenCalled();
	});
});

describe('A value is read:', () => {
	const list = [1, 2];
	it.each<[FieldKind, unknown, unknown]>([
		['boolean', ' on ', true],
		['boolean', 0, false],
		['boolean', 'maybe', 'maybe'],
		['boolean', '', null],
		['boolean', true, true],
		['date', '2026-07-14', '2026-07-14'],
		['date', '0000-00-00', null],
		['date', ' 0000-00-00', null],
		['date', '', null],
		['dateTime', '2026-07-14 07:30:00', '2026-07-14T07:30:00Z'],
		['dateTime', ' 2026-07-14 07:30:00 ', '2026-07-14T07:30:00Z'],
		['dateTime', '0000-00-00 00:00:00', null],
		['decimal', '12.50', 12.5],
		['decimal', '-0.05', -0.05],
		['decimal', ' 7 ', 7],
		['decimal', '0.00', 0],
		['decimal', '123456789012.345', 123456789012.345],
		['decimal', '-123456789012.345', -123456789012.345],
		['decimal', '000123456789012.345', 123456789012.345],
		['decimal', '0.000123456789012345', 0.000123456789012345],
		['decimal', '1234567890123.456', '1234567890123.456'],
		['decimal', 'x1', 'x1'],
		['decimal', '1,5', '1,5'],
		['decimal', '5 EUR', '5 EUR'],
		['decimal', '', null],
		['integer', '007', 7],
		['integer', '-0000000000000000000000007', -7],
		['integer', 7, 7],
		['integer', '1234567890123456', '1234567890123456'],
		['file', '', null],
		['file', 'me.jpg', 'me.jpg'],
		['multiSelect', 'Tips^,^Fairs', ['Tips', 'Fairs']],
		['multiSelect', ' Tips ', ['Tips']],
		['multiSelect', '', []],
		['multiSelect', null, []],
		['multiSelect', undefined, undefined],
		['multiSelect', list, list],
		['picklist', '', ''],
		['picklist', ' won', ' won'],
		['text', '', ''],
		['text', ' Berg ', ' Berg '],
		['text', null, null],
		['text', undefined, undefined],
		['decimal', null, null],
	])('%s %o as %o', (kind, stored, read) => {
		expect(decodeValue({ kind }, stored)).toEqual(read);
	});
});
