import { UserError } from 'n8n-workflow';
import {
	filterFor,
	filtersOf,
	keyOfRecord,
	matchData,
	matchKey,
	matchValues,
	withoutEntities,
} from '../../../../../nodes/OneCrm/crm/matching';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';

const TYPES = {
	amount: 'currency',
	birthdate: 'date',
	called_at: 'datetime',
	categories: 'multienum',
	description: 'text',
	do_not_call: 'bool',
	employees: 'int',
	fax: 'fax',
	last_name: 'varchar',
	page: 'html',
	phone: 'phone',
	photo: 'image',
	status: 'enum',
};

const described = (facts: object) =>
	Object.fromEntries(
		Object.entries(TYPES).map(([name, type]) => [name, { type, vname: `The ${name}`, ...facts }]),
	);

const metadata = readMetadata({
	fields: {
		...described({}),
		email1: { type: 'email' },
		alias: { type: 'varchar' },
		code: { type: 'varchar', len: 4, vname: 'The code' },
		number: { type: 'int', len: 2 },
	},
	filters: {
		...described({}),
		code: {},
		number: { type: 'int' },
		any_email: { type: 'email', fields: ['email1', 'email2'] },
	},
});

type Values = Record<string, string | number | null>;

const matching = (values: Values, columns = Object.keys(values)) =>
	matchValues('Contact', metadata, columns, values);
const keyOf = (column: string, value: string | number) => matchKey(matching({ [column]: value }));
const isMatch = (column: string, value: string | number, stored: unknown) =>
	keyOfRecord(matching({ [column]: value }), { [column]: stored } as never) ===
	keyOf(column, value);

it('a text that 1CRM would cut off, and so never find again, is refused', () => {
	expect(keyOf('code', 'abcd')).toBe(keyOf('code', 'ABCD '));
	expect(() => matching({ code: 'abcde' })).toThrow(
		new UserError("'The code' (code) is used for matching, but 1CRM keeps only 4 characters of it"),
	);
	expect(() => matching({ number: '12345' })).not.toThrow();
});

describe('a field that a record can be recognised by', () => {
	const filterOf = (name: string) => filterFor(metadata.fields.get(name)!, metadata)?.name;

	it.each(['amount', 'birthdate', 'do_not_call', 'employees', 'last_name', 'phone', 'status'])(
		'has the filter of its own name: %s',
		(name) => {
			expect(filterOf(name)).toBe(name);
		},
	);

	it('may have one that looks at several fields', () => {
		expect(filterOf('email1')).toBe('any_email');
	});

	it('has no filter that looks at others only', () => {
		expect(filterOf('alias')).toBeUndefined();
	});

	it.each(['categories', 'description', 'page', 'photo'])(
		'is not %s, although 1CRM has a filter for it',
		(name) => {
			expect(filterOf(name)).toBeUndefined();
			expect(() => matching({ [name]: 'x' })).toThrow(UserError);
			expect(() => matching({ [name]: 'x' })).toThrow(
				`Contact cannot be matched by "${name}": 1CRM has no filter for it. Choose another column to match on`,
			);
		},
	);

	it('is one that the module has', () => {
		expect(() => matching({ nickname: 'x' })).toThrow('Contact cannot be matched by "nickname"');
	});
});

describe('a value that identifies nothing is refused:', () => {
	it.each([null, '', ' ', '\u200b', '\u2060 \ufeff'])('the text %j', (last_name) => {
		expect(() => matching({ last_name })).toThrow(UserError);
		expect(() => matching({ last_name })).toThrow(
			"'The last_name' (last_name) is used for matching but has no value",
		);
	});

	it('one that is not given', () => {
		expect(() => matching({}, ['last_name'])).toThrow('has no value');
	});

	it.each(['phone', 'fax'])('a number without digits in %s', (column) => {
		expect(() => matching({ [column]: 'n/a' })).toThrow(UserError);
		expect(() => matching({ [column]: 'n/a' })).toThrow(
			`'The ${column}' (${column}) is used for matching but "n/a" contains no digits`,
		);
	});

	it.each(['a', 'ä', '7', '٣', '-', '€', '文'])('but not one that shows something: %s', (value) => {
		expect(matchData(matching({ last_name: value }))).toEqual({ last_name: value });
	});

	it('but not a number of zero', () => {
		expect(matchData(matching({ employees: 0 }))).toEqual({ employees: 0 });
	});
});

describe('what is looked up and written', () => {
	it.each([
		['  Berg  ', 'Berg'],
		['\u200b\ufeff Berg \u00a0\n', 'Berg'],
		['van  der  Berg', 'van  der  Berg'],
		['Ber\u200bg', 'Ber\u200bg'],
		['Mu\u0308ller', 'Müller'],
	])('of %j is %j', (given, plain) => {
		const values = matching({ last_name: given });
		expect(matchData(values)).toEqual({ last_name: plain });
		expect(filtersOf(values)).toEqual({ last_name: plain, 'last_name-operator': 'eq' });
	});

	it('has each letter in two parts where that form is asked for', () => {
		const values = matching({ last_name: 'Müller', employees: 5 });
		expect(filtersOf(values, undefined, 'NFD')).toEqual({
			last_name: 'Mu\u0308ller',
			'last_name-operator': 'eq',
			employees: 5,
			'employees-operator': 'eq',
		});
	});

	it('goes through the filter that looks at several fields', () => {
		expect(filtersOf(matching({ email1: 'a@x.example' }))).toEqual({
			any_email: 'a@x.example',
			'any_email-operator': 'eq',
		});
	});

	it('is only about the columns that are asked for', () => {
		const values = matching({ last_name: 'Berg', status: 'New' });
		expect(filtersOf(values, ['status'])).toEqual({ status: 'New', 'status-operator': 'eq' });
	});

	it('asks for a switch that is on, but not for one that is off, which may be stored as null', () => {
		expect(filtersOf(matching({ do_not_call: 1, last_name: 'Berg' }))).toMatchObject({
			do_not_call: 1,
			last_name: 'Berg',
		});
		expect(filtersOf(matching({ do_not_call: 0, last_name: 'Berg' }))).toEqual({
			last_name: 'Berg',
			'last_name-operator': 'eq',
		});
	});

	it('has the operator for days, but not where a day may begin in another time zone', () => {
		const day = { birthdate: '2026-07-14' };
		expect(filtersOf(matching(day))).toEqual({ ...day, 'birthdate-operator': 'on_date' });
		const moment = { called_at: '2026-07-14 09:30:00' };
		expect(filtersOf(matching(moment))).toEqual({ ...moment, 'called_at-operator': 'eq' });
	});

	it('asks for a number of zero', () => {
		expect(filtersOf(matching({ employees: 0 }))).toEqual({
			employees: 0,
			'employees-operator': 'eq',
		});
	});
});

describe('a stored value is taken for the same', () => {
	it.each<[string, string | number, unknown]>([
		['last_name', 'BERG', 'berg'],
		['last_name', 'Berg', ' Berg\u00a0\u200b'],
		['last_name', 'Müller', 'Mu\u0308ller'],
		['last_name', "O'Brien", 'O&#039;Brien'],
		['do_not_call', 1, 'on'],
		['do_not_call', 1, true],
		['do_not_call', 0, '0'],
		['do_not_call', 0, null],
		['do_not_call', 0, undefined],
		['employees', 7, '007'],
		['employees', 7, '+7'],
		['amount', '1.5', '1.500'],
		['amount', '100', '100.00'],
		['amount', '100', '100.'],
		['amount', '0', '-0.00'],
		['amount', '-3.1', '-03.10'],
		['amount', '1.05', '1.050'],
		['amount', '9007199254740993', '9007199254740993.00'],
		['amount', '1e5', '1E5'],
		['phone', '+43 1 555', '431-555'],
		['fax', '+43 1 555', '(43) 1 555'],
		['phone', '５５５ 1234', '555 1234'],
		['phone', 'Tel. 555 1234', '555 1234 (home)'],
		['phone', '555 ext. 5', '555 # x 5'],
		['status', 'New', 'new'],
	])('%s: %j and %j', (column, value, stored) => {
		expect(isMatch(column, value, stored)).toBe(true);
	});
});

describe('a stored value is taken for another', () => {
	it.each<[string, string | number, unknown]>([
		['last_name', 'Berg', 'Bergmann'],
		['last_name', 'Berg', null],
		['last_name', 'null', null],
		['last_name', 'van der Berg', 'vanderBerg'],
		['last_name', '07', '7'],
		['do_not_call', 1, 'off'],
		['do_not_call', 1, null],
		['do_not_call', 0, 'yes'],
		['employees', 0, null],
		['amount', '0', ''],
		['amount', '1', '-1'],
		['amount', '10', '1'],
		['amount', '1.05', '1.5'],
		['amount', '9007199254740993', '9007199254740992'],
		['amount', '0.10000000000000000001', '0.1'],
		['amount', '5', '5 EUR'],
		['amount', '5', 'EUR 5'],
		['phone', '555 1234 ext. 5', '555 12345'],
		['phone', '555', null],
	])('%s: %j and %j', (column, value, stored) => {
		expect(isMatch(column, value, stored)).toBe(false);
	});
});

describe('the key of values', () => {
	it('of a record without them is empty', () => {
		const values = matching({ last_name: 'Berg', employees: 1 });
		expect(keyOfRecord(values, { last_name: null })).toBe('[["last_name",""],["employees",""]]');
	});

	it('is that of their columns, too', () => {
		expect(matchKey(matching({ last_name: 'a', status: 'b' }))).not.toBe(
			matchKey(matching({ last_name: 'b', status: 'a' })),
		);
	});

	it.each([
		['phone', '+43 (1) 555', '431555'],
		['phone', '555-1 ext 5', '5551x5'],
		['phone', 'call 555', '555'],
		['do_not_call', 1, 'yes'],
		['do_not_call', 0, 'no'],
		['last_name', 'BERG', 'berg'],
		['amount', '-1.50', '-1.5'],
		['amount', 'Some', 'some'],
	])('of %s %j is %j', (column, value, key) => {
		expect(keyOf(column, value)).toBe(JSON.stringify([[column, key]]));
	});
});

describe('entities in a text', () => {
	it.each([
		['O&#039;Brien', "O'Brien"],
		['O&#39;Brien', "O'Brien"],
		['O&#x27;Brien', "O'Brien"],
		['O&#X2f;Brien', 'O/Brien'],
		['&lt;a href=&quot;x&quot;&gt;', '<a href="x">'],
		['Berg &amp; Sons, &APOS;x&apos;', "Berg & Sons, 'x'"],
		['&#128512; &#x1F600;', '😀 😀'],
		['&#1114111;', '&#1114111;'],
		['&#x10ffff;', '&#x10ffff;'],
		['&#999999;', String.fromCodePoint(999_999)],
		['&#xfffff;', String.fromCodePoint(0xfffff)],
		['&amp;lt;', '&lt;'],
		['&auml; & &; &#; &#x; amp;', '&auml; & &; &#; &#x; amp;'],
	])('%j stand for %j', (text, plain) => {
		expect(withoutEntities(text)).toBe(plain);
	});
});
