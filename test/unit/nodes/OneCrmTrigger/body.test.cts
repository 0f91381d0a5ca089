import fc from 'fast-check';
import { readDelivery } from '../../../../nodes/OneCrmTrigger/body';
import { isPathSegment } from '../../../../nodes/OneCrm/http/address';
import { CASES } from '../cases.cts';

const FIELDS = { id: '7eba-1', name: 'Ada Byron' };
const FOUND = { id: '7eba-1', fields: FIELDS };

const GUID = '7eba1c2f-0000-4abc-9def-0123456789ab';
const OTHER = '8eba1c2f-0000-4abc-9def-0123456789ab';

const idsIn = (body: unknown) => readDelivery(body).map(({ id }) => id);

describe('readDelivery', () => {
	it.each<[string, unknown]>([
		['in a list', [{ id: GUID }, { id: OTHER }]],
		['in records', { records: [{ id: GUID }, { id: OTHER }] }],
		['in a map by their IDs', { records: { [GUID]: { name: 'A' }, [OTHER]: { name: 'B' } } }],
		['as bare IDs', [GUID, `Contacts:${OTHER}`]],
		['in a text', JSON.stringify({ data: [{ id: GUID }, { id: OTHER }] })],
	])('finds several records %s', (_, body) => {
		expect(idsIn(body)).toEqual([GUID, OTHER]);
	});

	it('finds a bare ID of the form of 1CRM, and takes no other text for one', () => {
		expect(idsIn(GUID)).toEqual([GUID]);
		expect(idsIn({ record: GUID })).toEqual([GUID]);
		expect(idsIn({ [GUID]: '' })).toEqual([GUID]);
		expect(idsIn('hello-there')).toEqual([]);
	});

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
		['in payload', { payload: FIELDS }],
		['in body', { event: 'x', body: FIELDS }],
		['in bean', { bean: FIELDS }],
		["in the module's name", { event: 'x', Lead: FIELDS }],
		["in the module's name in small letters and several", { event: 'x', leads: [FIELDS] }],
		['under any name alone', { whatever: FIELDS }],
		['in attributes', { type: 'Lead', attributes: FIELDS }],
		['in entity', { event: 'x', entity: FIELDS }],
		['in item', { action: 'update', item: FIELDS }],
		['beside the ID of the delivery', { id: 'delivery-1', record: FIELDS }],
		['in any form field that contains JSON', { json: JSON.stringify(FIELDS) }],
		['in a form field that holds JSON', { data: JSON.stringify({ record: FIELDS }) }],
	])('finds a record %s', (_, body) => {
		expect(readDelivery(body, 'Lead')).toEqual([FOUND]);
	});

	it('finds an ID alone, as a text or number, under either name', () => {
		expect(idsIn({ id: 42 })).toEqual(['42']);
		expect(idsIn({ record_id: ' a1 ' })).toEqual(['a1']);
		expect(idsIn({ id: '', record_id: 'a1' })).toEqual(['a1']);
		expect(idsIn({ id: -99 })).toEqual(['-99']);
		expect(idsIn({ ID: 'a1' })).toEqual(['a1']);
		expect(idsIn({ id: 'Contacts:a1' })).toEqual(['a1']);
	});

	it.each(['record_id', 'recordId', 'bean_id'])('takes %s for the ID of the record', (name) => {
		expect(idsIn({ id: 'delivery-1', [name]: 'a1' })).toEqual(['a1']);
		expect(idsIn({ id: 'a1', [name]: 'b2', date_modified: '2026-07-14 08:00:00' })).toEqual(['a1']);
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
		[{ records: [] }],
		[{ name: 'Ada' }],
		[{ id: null }],
		[{ id: true }],
		[{ id: { id: null } }],
		[{ id: ['7eba-1'] }],
	])('finds none in %j', (body) => {
		expect(readDelivery(body)).toEqual([]);
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
		expect(readDelivery({ id })).toEqual([]);
		expect(readDelivery({ data: { record: { id } } })).toEqual([]);
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
				for (const { id } of readDelivery(value)) {
					found++;
					expect(id).toMatch(/^[\w.~-]{1,100}$/);
					expect(isPathSegment(id)).toBe(true);
				}
			}),
			{ ...CASES, numRuns: 5000 },
		);
		expect(found).toBeGreaterThan(200);
	});

	it('does not go astray in a body that nests without end', () => {
		let body: unknown = FIELDS;
		for (let depth = 0; depth < 10_000; depth++) body = { data: body, record: [body] };
		expect(readDelivery(body)).toEqual([]);
		expect(readDelivery('['.repeat(10_000) + ']'.repeat(10_000))).toEqual([]);
	});
});
