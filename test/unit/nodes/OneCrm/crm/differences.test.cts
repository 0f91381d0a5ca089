import * as fc from 'fast-check';
import { encodeValue } from '../../../../../nodes/OneCrm/crm/codec';
import { differences } from '../../../../../nodes/OneCrm/crm/differences';
import type { FieldValues } from '../../../../../nodes/OneCrm/crm/recordValues';
import type { ServerValue } from '../../../../../nodes/OneCrm/crm/value';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { contact } from '../../../../sandbox/modules/contact.cts';
import { columnValue } from '../../../../sandbox/values.cts';
import { valuesOf } from '../../../../support/field-values.cts';

const metadata = readMetadata({
	fields: {
		amount: { type: 'currency' },
		count: { type: 'int' },
		currency_id: { type: 'id' },
		date_closed: { type: 'date' },
		date_start: { type: 'datetime' },
		exchange_rate: { type: 'double' },
		interests: { type: 'multienum' },
		is_private: { type: 'bool' },
		name: { type: 'varchar' },
		owner_id: { type: 'id' },
		photo: { type: 'image' },
		stage: { type: 'enum', options: [{ value: 'Open', label: 'OPEN' }] },
	},
});

const differ = (name: string, written: ServerValue, stored: unknown): boolean =>
	name in differences(metadata, { [name]: written }, { [name]: stored } as never);

describe('What is stored already is not sent again:', () => {
	it.each<[string, ServerValue, unknown]>([
		['amount', '1.5', '1.50'],
		['amount', '1.50', 1.5],
		['amount', '9007199254740993', '9007199254740993.00'],
		['amount', '-0', '0.00'],
		['amount', null, ''],
		['count', '7', 7],
		['count', '7', '007'],
		['count', null, null],
		['count', '9007199254740993', '09007199254740993'],
		['date_closed', '2026-07-14', '2026-07-14'],
		['date_closed', null, '0000-00-00'],
		['date_start', '2026-07-14 09:30:00', '2026-07-14 09:30:00.000'],
		['date_start', null, '0000-00-00 00:00:00'],
		['interests', 'A^,^B', 'A^,^B'],
		['interests', 'A^,^B', ['A', 'B']],
		['interests', '', null],
		['is_private', 1, 'true'],
		['is_private', 1, '1'],
		['is_private', 1, 'on'],
		['is_private', 0, '0'],
		['is_private', 0, null],
		['is_private', null, '0'],
		['is_private', null, null],
		['is_private', 0, ''],
		['is_private', 0, false],
		['name', 'Berg', 'Berg'],
		['name', '', null],
		['name', '5', 5],
		['owner_id', null, ''],
		['owner_id', '', null],
		['photo', '', null],
		['stage', 'Open', 'Open'],
	])('%s %j, stored as %j', (name, written, stored) => {
		expect(differ(name, written, stored)).toBe(false);
	});
});

describe('What differs, or may differ, is sent:', () => {
	it.each<[string, ServerValue, unknown]>([
		['amount', '1.5', '1.51'],
		['amount', '9007199254740993', '9007199254740992.00'],
		['amount', '0', null],
		['amount', null, '0.00'],
		['amount', '1234.5', '1,234.50'],
		['count', '7', '7.5'],
		['count', '7', 'seven'],
		['count', null, '0'],
		['date_closed', '2026-07-14', '2026-07-15'],
		['date_closed', '2026-07-14', null],
		['date_start', '2026-07-14 09:30:00', '2026-07-14 09:30:01'],
		['date_start', '2026-07-14 09:30:00', '2026-07-14T11:30:00'],
		['interests', 'A^,^B', 'A'],
		['interests', 'A^,^B', 'B^,^A'],
		['interests', 'A^,^B', 'A,B'],
		['interests', 'A^,^B', { A: 'A', B: 'B' }],
		['is_private', 1, '0'],
		['is_private', 1, null],
		['is_private', 0, 'maybe'],
		['name', 'berg', 'Berg'],
		['name', 'Berg ', 'Berg'],
		['name', "O'Brien", 'O&#039;Brien'],
		['name', '1.50', '1.5'],
		['name', '', []],
		['owner_id', 'A', 'a'],
		['photo', 'INCOMING~1', 'INCOMING~1'],
		['photo', 'INCOMING~1', ''],
		['photo', '', 'me.jpg'],
		['stage', 'Open', 'OPEN'],
		['stage', 'Open', 'open'],
		['name', 'Berg', undefined],
		['is_private', 0, undefined],
		['unknown', 'x', 'x'],
	])('%s %j, stored as %j', (name, written, stored) => {
		expect(differ(name, written, stored)).toBe(true);
	});
});

it('sends nothing but what differs', () => {
	const values: FieldValues = { name: 'Berg', count: '7', is_private: 0 };
	const stored = { name: 'Berg', count: '8', is_private: null };
	expect(differences(metadata, values, stored)).toEqual({ count: '7' });
});

it('sends a rate with its currency, which sets it', () => {
	const values: FieldValues = { currency_id: '2', exchange_rate: '1.1', amount: '5' };
	const stored = { currency_id: '-99', exchange_rate: '1.1', amount: '5.00' };
	expect(differences(metadata, values, stored)).toEqual({ currency_id: '2', exchange_rate: '1.1' });
	expect(differences(metadata, values, { ...stored, currency_id: '2' })).toEqual({});
});

describe('whatever was written', () => {
	const own = readMetadata({ fields: contact.fields } as never);
	const names = [...own.fields.values()]
		.filter(({ writable, kind }) => writable && kind !== 'file')
		.map(({ name }) => name);
	const value = fc
		.constantFrom(...names)
		.chain((name) => valuesOf(contact.fields[name], 'UTC').map(({ given }) => ({ name, given })));

	const encode = (name: string, given: unknown): ServerValue => {
		const field = own.fields.get(name);
		if (!field) throw new Error(`No field ${name}`);
		return encodeValue(field, given, 'UTC');
	};
	const column = (name: string, written: ServerValue) =>
		columnValue({ ...contact.fields[name], len: undefined }, written);

	it('is the same when it is read back', () => {
		fc.assert(
			fc.property(value, ({ name, given }) => {
				const written = encode(name, given);
				expect(differences(own, { [name]: written }, { [name]: column(name, written) })).toEqual(
					{},
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('is the same as another value only if both are stored alike', () => {
		const two = value.chain((one) =>
			valuesOf(contact.fields[one.name], 'UTC').map(({ given }) => ({ ...one, other: given })),
		);
		fc.assert(
			fc.property(two, ({ name, given, other }) => {
				const [written, stored] = [encode(name, given), column(name, encode(name, other))];
				const isSame = !(name in differences(own, { [name]: written }, { [name]: stored }));
				if (isSame) expect(column(name, written) || '').toBe(stored || '');
			}),
			{ numRuns: 500 },
		);
	});
});
