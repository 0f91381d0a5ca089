import type { IDataObject } from 'n8n-workflow';
import {
	findLostHeader,
	findLostRow,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/lookUp';
import type { Row } from '../../../../../../nodes/OneCrm/crm/salesDocument/rows';
import { type Answer, failed, listOf, StandIn } from '../stand-in.cts';
import { modelOf, withFields } from './models.cts';

const LIST = 'GET data/Quote';

describe('a row whose answer was lost', () => {
	const found = async (row: Partial<Row>, answers: Record<string, Answer>) =>
		await findLostRow(
			new StandIn(answers).crm,
			{ model: modelOf('Quote'), id: 'quote-1' },
			{ kind: 'Line', position: 2, data: { line_group_id: 'group-1' }, ...row },
		);
	const rows = (...records: IDataObject[]) => ({
		[`${LIST}/quote-1/lines`]: listOf(...records),
		[`${LIST}/quote-1/groups`]: listOf(...records),
	});
	const inGroup = (id: string, position: unknown, line_group_id = 'group-1') =>
		({ id, position, line_group_id }) as IDataObject;

	it('is the one in its place in its group', async () => {
		const others = [inGroup('a', '1'), inGroup('b', '2', 'group-2'), inGroup('c', '3')];
		expect(await found({}, rows(...others, inGroup('d', '2')))).toBe('d');
		expect(await found({}, rows(...others))).toBeUndefined();
	});

	it('is not known if two are in its place', async () => {
		expect(await found({}, rows(inGroup('a', 2), inGroup('b', '2')))).toBeUndefined();
	});

	it('is the one in its place if it is a group itself', async () => {
		const groups = rows({ id: 'a', position: '1' }, { id: 'b', position: '2' });
		expect(await found({ kind: 'LineGroup', data: {} }, groups)).toBe('b');
		const data = { line_group_id: 'group-1' };
		expect(await found({ kind: 'LineGroup', data }, groups)).toBe('b');
	});

	it('is not known if nothing can be read', async () => {
		expect(await found({}, {})).toBeUndefined();
	});

	it('is looked for by its place alone', async () => {
		const standIn = new StandIn(rows());
		const document = { model: modelOf('Quote'), id: 'quote-1' };
		await findLostRow(standIn.crm, document, { kind: 'Line', position: 2, data: {} });
		expect(standIn.sent[0].query?.fields).toEqual(['position', 'line_group_id']);
	});
});

describe('a header whose answer was lost', () => {
	const header = withFields('name', 'currency_id', 'amount', 'subtotal', 'description');
	const filter = { name: '', label: '', type: '', kind: 'text' as const, options: [], fields: [] };
	header.filters.set('name', filter);
	header.filters.set('view_closed', filter);
	const model = modelOf('Quote', { header });
	const sent = { name: 'Offer', amount: '113.00', currency_id: '-99', unknown: 'x' };

	const server = (records: IDataObject[], answers: Record<string, Answer> = {}) =>
		new StandIn({
			[LIST]: listOf(...records),
			...Object.fromEntries(
				records.map(({ id }) => [`${LIST}/${String(id)}/groups`, listOf()] as const),
			),
			...answers,
		});
	const found = async (standIn: StandIn, known: string[] = []) =>
		await findLostHeader(standIn.crm, model, sent, known);

	const own: IDataObject = { id: 'own', name: 'Offer', currency_id: '-99', amount: '0.00' };
	const withGroups = (id: string) => ({ [`${LIST}/${id}/groups`]: listOf({ id: 'group-1' }) });

	it('is the one with the values that were sent, whatever its amounts', async () => {
		const others = [
			{ ...own, id: 'a', name: 'Other' },
			{ ...own, id: 'b', currency_id: 'eur' },
		];
		expect(await found(server([...others, own]))).toBe('own');
		expect(await found(server(others))).toBeUndefined();
	});

	it('is none that has groups already, and none that is known', async () => {
		const others = [
			{ ...own, id: 'a' },
			{ ...own, id: 'b' },
		];
		expect(await found(server([...others, own], withGroups('a')), ['b'])).toBe('own');
		expect(await found(server([own], withGroups('own')))).toBeUndefined();
		expect(await found(server([own]), ['own'])).toBeUndefined();
	});

	it('is not known if there are two of them', async () => {
		expect(await found(server([own, { ...own, id: 'a' }]))).toBeUndefined();
	});

	it('is not known if nothing can be read', async () => {
		expect(await found(server([], { [LIST]: failed(500) }))).toBeUndefined();
		expect(await found(server([], { [LIST]: {} }))).toBeUndefined();
		expect(await found(server([own], { [`${LIST}/own/groups`]: failed(403) }))).toBeUndefined();
	});

	it('is looked for among the newest, closed ones too, by its name', async () => {
		const standIn = server([]);
		await found(standIn);
		expect(standIn.sent).toEqual([
			{
				...{ method: 'GET', path: 'data/Quote' },
				query: {
					fields: ['id', 'name', 'currency_id'],
					filters: { view_closed: 1, name: 'Offer', 'name-operator': 'eq' },
					...{ order: 'date_entered DESC', limit: 20 },
				},
			},
		]);
	});

	it('is looked for without its name if it has none, or there is no filter for it', async () => {
		const nameless = server([]);
		await findLostHeader(nameless.crm, model, { currency_id: '-99' }, []);
		const plain = server([]);
		const metadata = withFields('name');
		await findLostHeader(plain.crm, modelOf('Quote', { header: metadata }), sent, []);
		expect(nameless.sent[0].query?.filters).toEqual({ view_closed: 1 });
		expect(plain.sent[0].query?.filters).toEqual({});
	});
});
