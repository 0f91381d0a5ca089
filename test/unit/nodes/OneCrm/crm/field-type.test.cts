import fc from 'fast-check';
import type { FieldKind } from '../../../../../nodes/OneCrm/crm/fieldType';
import { fieldKind } from '../../../../../nodes/OneCrm/crm/fieldType';
import { CASES } from '../../cases.cts';
import { KINDS } from './owner.cts';

const decimal = (type: string): [string, FieldKind] => [type, 'decimal'];

describe('the kind of a field', () => {
	it.each(['file_ref', 'image'])('of the type %j is a file', (type) => {
		expect(fieldKind(type)).toBe('file');
	});

	it.each<[string, FieldKind]>([
		['bool', 'boolean'],
		['flag', 'boolean'],
		['date', 'date'],
		['datetime', 'dateTime'],
		['int', 'integer'],
		['star_rating', 'integer'],
		...['base_currency', 'currency', 'decimal', 'double', 'float', 'number'].map(decimal),
		...['percent', 'progress', 'raw_currency'].map(decimal),
		['enum', 'picklist'],
		['status', 'picklist'],
		['multienum', 'multiSelect'],
	])('of the type %s is %s', (type, kind) => {
		expect(fieldKind(type)).toBe(kind);
	});

	it.each(['varchar', 'name', 'id', 'ref', 'phone', 'html', 'sequence_number', ''])(
		'of the type %j is text',
		(type) => {
			expect(fieldKind(type)).toBe('text');
		},
	);

	it('of a type that nobody knows is text', () => {
		const known = Object.getOwnPropertyNames(Object.prototype);
		const type = fc.string().filter((text) => !known.includes(text));
		fc.assert(
			fc.property(type, (unknown) => {
				expect(fieldKind(`x-${unknown}`)).toBe('text');
				expect(KINDS).toContain(fieldKind(unknown));
			}),
			CASES,
		);
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'of the type %s, which every object has, is text',
		(type) => {
			expect(fieldKind(type)).toBe('text');
		},
	);
});
