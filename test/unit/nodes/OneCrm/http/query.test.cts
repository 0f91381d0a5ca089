import type { IDataObject } from 'n8n-workflow';
import { phpQuery, splitFields } from '../../../../../nodes/OneCrm/http/query';

describe('phpQuery', () => {
	it.each<[IDataObject, string]>([
		[{}, ''],
		[{ order: 'name desc' }, 'order=name%20desc'],
		[{ fields: ['name', 'type'], limit: 5 }, 'fields[]=name&fields[]=type&limit=5'],
		[
			{ filters: { type: 'Supplier', tags: ['a', 'b'] } },
			'filters[type]=Supplier&filters[tags][]=a&filters[tags][]=b',
		],
		[{ 'a b': { 'c]&': 'd=e&f' } }, 'a%20b[c%5D%26]=d%3De%26f'],
		[
			{ none: undefined, empty: '', nothing: null, no: false, zero: 0 },
			'empty=&nothing=&no=false&zero=0',
		],
		[{ fields: [] }, ''],
	])('writes %j as PHP reads it', (query, text) => {
		expect(phpQuery(query)).toBe(text);
	});
});

describe('splitFields', () => {
	const names = (count: number) =>
		Array.from({ length: count }, (_, index) => `a_long_name_of_a_field_${index}`);

	it('leaves a query alone that fits into one address', () => {
		for (const query of [
			{ fields: names(100), limit: 5 },
			{ order: 'x'.repeat(9000) },
			{ fields: 'x'.repeat(9000) },
		]) {
			expect(splitFields(query)).toEqual([query]);
		}
	});

	it('asks for all fields in addresses that fit, each with the id and the rest of the query', () => {
		const fields = ['id', ...names(500)];
		const parts = splitFields({ fields, limit: 5, filters: { type: 'Supplier' } });
		expect(parts).toHaveLength(4);
		for (const part of parts) {
			expect(phpQuery(part).length).toBeLessThanOrEqual(6000);
			expect(part).toMatchObject({ limit: 5, filters: { type: 'Supplier' } });
			expect((part.fields as string[]).filter((field) => field === 'id')).toEqual(['id']);
		}
		expect(parts.flatMap((part) => (part.fields as string[]).slice(1))).toEqual(names(500));
	});

	it('fills each address, though a long filter leaves it half of one at least', () => {
		const fields = names(500);
		const shortest = Math.min(
			...splitFields({ fields })
				.slice(0, -1)
				.map((part) => phpQuery(part).length),
		);
		expect(shortest).toBeGreaterThan(5900);
		const parts = splitFields({ fields, filters: { name: 'x'.repeat(5000) } });
		const lengths = parts.slice(0, -1).map((part) => phpQuery({ fields: part.fields }).length);
		expect(Math.min(...lengths)).toBeGreaterThan(2900);
		expect(Math.max(...lengths)).toBeLessThan(3050);
	});
});
