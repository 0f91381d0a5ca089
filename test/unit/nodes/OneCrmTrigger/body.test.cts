import fc from 'fast-check';
import { readDelivery } from '../../../../nodes/OneCrmTrigger/body';
import { isPathSegment } from '../../../../nodes/OneCrm/http/address';
import { CASES } from '../cases.cts';

const FIELDS = { id: '7eba-1', name: 'Ada Byron' };
const FOUND = { id: '7eba-1', fields: FIELDS };

describe('readDelivery', () => {
	it.each<[string, unknown]>([
		['flat', FIELDS],
		['wrapped in record', { record: FIELDS }],
		['wrapped in data', { event: 'x', data: FIELDS }],
		['wrapped in fields', { fields: FIELDS }],
		['wrapped in object', { object: FIELDS }],
		['wrapped twice', { data: { record: FIELDS } }],
		['as a list of one', [FIELDS]],
		['in records', { records: [FIELDS] }],
		['as a text', JSON.stringify(FIELDS)],
		['in a form field that holds JSON', { data: JSON.stringify({ record: FIELDS }) }],
	])('finds a record %s', (_, body) => {
		expect(readDelivery(body)).toEqual(FOUND);
	});

	it('finds an ID alone, as a text or number, under either name', () => {
		expect(readDelivery({ id: 42 })?.id).toBe('42');
		expect(readDelivery({ record_id: ' a1 ' })?.id).toBe('a1');
		expect(readDelivery({ id: '', record_id: 'a1' })?.id).toBe('a1');
		expect(readDelivery({ id: -99 })?.id).toBe('-99');
	});

	it.each([
		[null],
		[undefined],
		[''],
		['not JSON'],
		['"7eba-1"'],
		[5],
		[[]],
		[{}],
		[[FIELDS, FIELDS]],
		[{ records: [] }],
		[{ name: 'Ada' }],
		[{ id: null }],
		[{ id: true }],
		[{ id: { id: null } }],
		[{ id: ['7eba-1'] }],
	])('finds none in %j', (body) => {
		expect(readDelivery(body)).toBeUndefined();
	});

	it.each([
		'..',
		'.',
		'a/b',
		'a\\b',
		'../../me',
		'a b',
		'a?b',
		'a%2fb',
		'ä',
		'a\u0000',
		'x'.repeat(101),
	])('does not take %j for an ID', (id) => {
		expect(readDelivery({ id })).toBeUndefined();
		expect(readDelivery({ data: { record: { id } } })).toBeUndefined();
	});

	it('never throws, and gives only IDs that can stand in an address', () => {
		const key = fc.constantFrom('id', 'record_id', 'record', 'data', 'fields', 'object', 'records');
		const id = fc.oneof(
			fc.constantFrom('a1', '..', '.', '~', '-99', 'a/b', ' a1\n'),
			fc.string(),
			fc.double(),
			fc.uuid(),
		);
		const { body } = fc.letrec((tie) => ({
			body: fc.oneof(
				{ maxDepth: 5 },
				id,
				fc.jsonValue(),
				{ weight: 5, arbitrary: fc.dictionary(key, tie('body'), { maxKeys: 3 }) },
				fc.array(tie('body'), { maxLength: 2 }),
				tie('body').map((value) => JSON.stringify(value)),
			),
		}));
		let found = 0;
		fc.assert(
			fc.property(body, (value) => {
				const delivered = readDelivery(value);
				if (delivered === undefined) return;
				found++;
				expect(delivered.id).toMatch(/^[\w.~-]{1,100}$/);
				expect(isPathSegment(delivered.id)).toBe(true);
			}),
			{ ...CASES, numRuns: 5000 },
		);
		expect(found).toBeGreaterThan(200);
	});

	it('does not go astray in a body that nests without end', () => {
		let body: unknown = FIELDS;
		for (let depth = 0; depth < 10_000; depth++) body = { data: body, record: [body] };
		expect(readDelivery(body)).toBeUndefined();
		expect(readDelivery('['.repeat(10_000) + ']'.repeat(10_000))).toBeUndefined();
	});
});
