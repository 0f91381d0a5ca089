import type { IDataObject } from 'n8n-workflow';
import { checkTotal } from '../../../../../../nodes/OneCrm/crm/salesDocument/check';
import { fetchParts, fetchRows } from '../../../../../../nodes/OneCrm/crm/salesDocument/parts';
import { decimal } from '../decimals.cts';
import { type Answer, failed, listOf, pagesOf, StandIn } from '../stand-in.cts';
import { modelOf, withFields } from './models.cts';

const PATH = 'GET data/Quote/quote-1';
const document = { model: modelOf('Quote'), id: 'quote-1' };
const line = (id: string, position: unknown, more: IDataObject = {}) =>
	({ id, position, ...more }) as IDataObject;

const server = (answers: Record<string, Answer> = {}) =>
	new StandIn({
		[`${PATH}/groups`]: listOf({ id: 'group-1', position: '0' }),
		[`${PATH}/lines`]: listOf(line('c', '10'), line('b', '9'), line('a', 0)),
		[`${PATH}/comments`]: listOf(),
		[`${PATH}/adjustments`]: listOf({ id: 'tax-1', position: '0' }),
		...answers,
	});

it('all rows of a document are read through its links, by position', async () => {
	const { LineGroup, Line, Comment, Adjustment } = await fetchParts(server().crm, document);
	const ids = [LineGroup, Line, Comment, Adjustment].map((rows) => rows.map(({ id }) => id));
	expect(ids).toEqual([['group-1'], ['a', 'b', 'c'], [], ['tax-1']]);
});

it('of each row, everything is read that is shown and that its module has', async () => {
	const standIn = server();
	await fetchParts(standIn.crm, document);
	const everything = [
		...['name', 'body', 'position', 'line_group_id', 'type', 'rate', 'amount', 'related_id'],
		...['quantity', 'unit_price', 'ext_price', 'tax_class_id', 'subtotal', 'total'],
	];
	expect(standIn.sent.map(({ query }) => query?.fields)).toEqual(Array(4).fill(everything));

	const model = modelOf('Quote', { Line: withFields('position', 'amount', 'other') });
	await fetchRows(standIn.crm, { ...document, model }, 'Line', ['name', 'position']);
	expect(standIn.sent.at(-1)?.query?.fields).toEqual(['position']);
});

it('rows of several pages are read in the order of their IDs, so that none is between two pages', async () => {
	const standIn = server({ [`${PATH}/lines`]: pagesOf(450) });
	const rows = await fetchRows(standIn.crm, document, 'Line', []);
	expect(new Set(rows.map(({ id }) => id)).size).toBe(450);
	expect(standIn.sent.at(-1)?.query).toMatchObject({ order: 'id' });
});

it('the rows of a document of which one kind cannot be read are not known', async () => {
	const { crm } = server({ [`${PATH}/comments`]: failed(403) });
	await expect(fetchParts(crm, document)).rejects.toThrow('Status 403');
});

describe('the total of a document is compared', () => {
	const lines = (ext_price: string) => ({ [`${PATH}/lines`]: listOf(line('a', 0, { ext_price })) });
	const tally = (total: unknown) => ({
		'GET tally/Quote/quote-1': { totals: { total } } as IDataObject,
	});
	const taxes = { [`${PATH}/adjustments`]: listOf({ type: 'StandardTax', amount: '3' }) };
	const checked = async (answers: Record<string, Answer>) =>
		await checkTotal(server({ ...taxes, ...answers }).crm, document, {
			...{ total: decimal('13.00'), decimals: 2 },
		});

	it('with its tally', async () => {
		expect(await checked({ ...tally('13.00'), ...lines('5') })).toEqual({ check: 'same' });
	});

	it('with its rows if it has no tally, or one without a total', async () => {
		expect(await checked(lines('10'))).toEqual({ check: 'same' });
		const different = { check: 'different', checkTotal: '8.00' };
		expect(await checked({ ...tally(null), ...lines('5') })).toEqual(different);
	});

	it('with nothing if neither can be read', async () => {
		expect(await checked({ [`${PATH}/lines`]: failed(500) })).toEqual({ check: 'unavailable' });
	});
});
