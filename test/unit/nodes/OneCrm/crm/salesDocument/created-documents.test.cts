import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Field } from '../../../../../../nodes/OneCrm/crm/metadata';
import { createDocument } from '../../../../../../nodes/OneCrm/crm/salesDocument/create';
import { PART_KINDS } from '../../../../../../nodes/OneCrm/crm/salesDocument/model';
import type { CrmRequest } from '../../../../../../nodes/OneCrm/http/types';
import { decimal } from '../decimals.cts';
import { type Answer, failed, listOf, lost, oneOf, StandIn } from '../stand-in.cts';
import { withFields } from './models.cts';

const HEADER_FIELDS = ['name', 'currency_id', 'exchange_rate', 'prefix', 'number'];
const ROW_FIELDS = ['body', 'rate', 'name', 'type', 'total', 'ext_price'];
const TALLY = { 'GET tally/Order/order-1': { totals: { total: '113.00' } } };

/** Fields of orders beside those that every document has. */
type MoreFields = Record<string, Partial<Field>>;

/** A server whose new rows have IDs that say where they are. */
function server(answers: Record<string, Answer> = {}, more: MoreFields = {}): StandIn {
	const header = withFields(...HEADER_FIELDS, ...Object.keys(more));
	const all: MoreFields = { number: { type: 'sequence_number' }, ...more };
	for (const [name, facts] of Object.entries(all)) Object.assign(header.fields.get(name)!, facts);
	const part = withFields(...ROW_FIELDS, 'order_id');
	Object.assign(part.fields.get('order_id')!, { type: 'id', target: 'Order' });
	const parts = PART_KINDS.map((kind) => [`Order${kind}`, part] as const);
	return new StandIn(
		{
			'POST data/Order': { id: 'order-1' },
			'GET data/Order/order-1': oneOf({ id: 'order-1', prefix: 'O-', number: '17' }),
			'PATCH data/Order/order-1': { result: true },
			...Object.fromEntries(PART_KINDS.map((kind) => [`POST data/Order${kind}`, newRow(kind)])),
			...TALLY,
			...answers,
		},
		{ Order: header, ...Object.fromEntries(parts) },
	);
}

const newRow = (kind: string) => (request: CrmRequest) => ({ id: idOf(kind, request) });

function idOf(kind: string, { body }: CrmRequest): string {
	const { line_group_id, position } = (body as { data: IDataObject }).data;
	return [line_group_id, kind, position].filter((part) => part !== undefined).join(' ');
}

type Options = Partial<Parameters<typeof createDocument>[1]>;

const LINES = [{ name: 'Pump', unitPrice: '100' }];
const ADJUSTMENTS = [{ type: 'untaxedShipping', value: '13' }];

const create = async ({ crm }: StandIn, { header, ...options }: Options = {}) =>
	await createDocument(crm, {
		...{ module: 'Order', onFailure: 'undo', lines: LINES, adjustments: ADJUSTMENTS },
		header: header ?? { data: { name: 'Offer' }, files: {} },
		...options,
	});

describe('what comes out', () => {
	it('is the document with the IDs of all its rows', async () => {
		const document = await create(server(), {
			lines: [
				{ name: 'Pump', unitPrice: '50', quantity: 2, group: 'Parts' },
				{ comment: 'By ship', group: 'Service' },
				{ name: 'Work', unitPrice: '3.3333', quantity: '1.50', group: 'Service' },
				{ name: 'Hose', unitPrice: '8', group: 'Parts' },
			],
			adjustments: [
				{ type: 'untaxedShipping', value: '5', group: 'Service' },
				{ type: 'percentDiscount', value: '12.50', group: 'Service', name: 'Friend' },
			],
		});
		expect(document).toEqual({
			...{ id: 'order-1', module: 'Order', number: 'O-17' },
			...{ subtotal: '113.00', discount: '0.63', shipping: '5.00', pretax: '117.37' },
			...{ total: '117.37', taxes: [], check: 'different', checkTotal: '113.00' },
			groups: [
				{
					...{ id: 'LineGroup 0', name: 'Parts', subtotal: '108.00', total: '108.00' },
					lines: [
						{
							...{ id: 'LineGroup 0 Line 0', name: 'Pump', quantity: '2', unitPrice: '50.00' },
							...{ extPrice: '100.00', taxCode: null, comment: null },
						},
						{
							...{ id: 'LineGroup 0 Line 1', name: 'Hose', quantity: '1', unitPrice: '8.00' },
							...{ extPrice: '8.00', taxCode: null, comment: null },
						},
					],
					adjustments: [],
				},
				{
					...{ id: 'LineGroup 1', name: 'Service', subtotal: '5.00', total: '9.37' },
					lines: [
						{
							...{ id: 'LineGroup 1 Comment 0', name: null, quantity: null, unitPrice: null },
							...{ extPrice: null, taxCode: null, comment: 'By ship' },
						},
						{
							...{ id: 'LineGroup 1 Line 1', name: 'Work', quantity: '1.5', unitPrice: '3.3333' },
							...{ extPrice: '5.00', taxCode: null, comment: null },
						},
					],
					adjustments: [
						{
							...{ id: 'LineGroup 1 Adjustment 0', type: 'percentDiscount' },
							...{ name: 'Friend', rate: '12.5', amount: '0.63' },
						},
						{
							...{ id: 'LineGroup 1 Adjustment 1', type: 'untaxedShipping' },
							...{ name: 'Shipping', rate: null, amount: '5.00' },
						},
					],
				},
			],
		});
	});

	it('has its taxes, in the document and in the group', async () => {
		const standIn = server({
			'GET data/TaxCode': listOf({ id: 'vat', name: 'VAT' }),
			'GET data/TaxCode/vat/taxrates': listOf({ id: 'rate-1', name: '13 %', rate: '13.000' }),
		});
		const lines = [{ name: 'Pump', unitPrice: '100', taxCode: 'VAT' }];
		expect(await create(standIn, { lines, adjustments: [] })).toMatchObject({
			...{ check: 'same', taxes: [{ name: '13 %', rate: '13', amount: '13.00' }] },
			groups: [
				{
					lines: [{ taxCode: 'VAT' }],
					adjustments: [
						{
							...{ id: 'LineGroup 0 Adjustment 0', type: 'tax' },
							...{ name: '13 %', rate: '13', amount: '13.00' },
						},
					],
				},
			],
		});
	});
});

it('tax codes without rates are told, of lines and of adjustments', async () => {
	const standIn = server({
		'GET data/TaxCode': listOf(
			{ id: 'vat', name: 'VAT' },
			{ id: 'old', name: 'Old' },
			{ id: 'older', name: 'Older' },
		),
		'GET data/TaxCode/vat/taxrates': listOf({ id: 'rate-1', name: '13 %', rate: '13' }),
		'GET data/TaxCode/old/taxrates': listOf(),
		'GET data/TaxCode/older/taxrates': listOf(),
	});
	const told: string[][] = [];
	const onNoRates = (names: string[]) => void told.push(names);
	const lines = ['VAT', 'Old', undefined].map((taxCode) => ({ ...LINES[0], taxCode }));
	const adjustments = [{ type: 'taxedShipping', value: '5', taxCode: 'Older' }];
	await create(standIn, { lines, adjustments, onNoRates });
	expect(told).toEqual([['Old', 'Older']]);
	await create(server(), { onNoRates });
	expect(told).toEqual([['Old', 'Older'], []]);
});

describe('what is written', () => {
	it('is the header, its groups, and then their rows', async () => {
		const standIn = server();
		await create(standIn, { lines: [...LINES, { comment: 'By ship' }] });
		const place = { order_id: 'order-1', line_group_id: 'LineGroup 0' };
		expect(standIn.written).toEqual([
			['POST data/Order', { data: { name: 'Offer', currency_id: '-99' } }],
			[
				'POST data/OrderLineGroup',
				{ data: { parent_id: 'order-1', name: '', position: 0, total: '113.00' } },
			],
			[
				'POST data/OrderLine',
				{ data: { ...place, position: 0, name: 'Pump', ext_price: '100.00' } },
			],
			['POST data/OrderComment', { data: { ...place, position: 1, body: 'By ship' } }],
			[
				'POST data/OrderAdjustment',
				{ data: { ...place, position: 0, name: 'Shipping', type: 'UntaxedShipping' } },
			],
		]);
	});

	it('has the decimals of its currency, and copies at its exchange rate', async () => {
		const copied = async (exchange_rate: unknown) => {
			const standIn = server({
				'GET data/Currency/yen': oneOf({ iso4217: 'JPY' }),
				'GET data/Order/order-1': oneOf({ id: 'order-1', exchange_rate } as IDataObject),
			});
			const known = withFields('total', 'total_usd', 'ext_price', 'ext_price_usd', 'order_id');
			Object.assign(known.fields.get('order_id')!, { type: 'id', target: 'Order' });
			const { metadata } = standIn.crm;
			standIn.crm.metadata = async (module) =>
				module === 'Order' ? await metadata(module) : known;
			const header = { data: { name: 'Offer', currency_id: 'yen' }, files: {} };
			await create(standIn, { header });
			return standIn.written.flatMap(([, body]) => {
				const { total_usd, ext_price_usd, total } = (body as { data: IDataObject }).data;
				return total_usd || ext_price_usd ? [total ?? '', total_usd ?? ext_price_usd] : [];
			});
		};
		expect(await copied('150')).toEqual(['113', '0.75', '', '0.67']);
		for (const nothing of ['0', null, 'none']) {
			expect(await copied(nothing)).toEqual(['113', '113.00', '', '100.00']);
		}
	});

	it('is read back for its number and its exchange rate alone', async () => {
		const standIn = server();
		await create(standIn);
		const read = standIn.sent.find(({ path }) => path === 'data/Order/order-1');
		const fields = ['exchange_rate', 'prefix', 'number', 'deleted'];
		expect(read?.query).toEqual({ fields });

		const plain = server();
		const { metadata } = plain.crm;
		const header = withFields('name', 'exchange_rate');
		plain.crm.metadata = async (module) => (module === 'Order' ? header : await metadata(module));
		const document = await create(plain);
		expect(document.number).toBeNull();
		const again = plain.sent.find(({ path }) => path === 'data/Order/order-1');
		expect(again?.query).toEqual({ fields: ['exchange_rate', 'deleted'] });
	});
});

describe('an expected total', () => {
	it('lets a document be written that comes to it', async () => {
		const document = await create(server(), { expectedTotal: decimal('113') });
		expect(document).toMatchObject({ total: '113.00', check: 'same' });
	});

	it.each([
		['113.01', '113.01'],
		['113.001', '113.001'],
		['7', '7.00'],
	])('of %s keeps any other from being written', async (expectedTotal, shown) => {
		const standIn = server();
		await expect(create(standIn, { expectedTotal: decimal(expectedTotal) })).rejects.toEqual(
			new UserError(`The document comes to 113.00, but ${shown} was expected. Nothing was written`),
		);
		expect(standIn.written).toEqual([]);
	});
});

describe('the document that it is made from', () => {
	const reference = (target?: string, type = 'id') => ({ target, type });
	const FIELDS: MoreFields = {
		billing_account_id: reference('Account'),
		from_where: reference(),
		shipped_from_id: reference('Account'),
		from_quote: reference('Quote', 'ref'),
		from_quote_id: reference('Quote'),
		related_case_id: reference('aCase'),
		invoice_id: reference('Invoice'),
	};
	const patched = ({ written }: StandIn) => written.slice(-1);

	it('is named after the rows, by the reference that fits', async () => {
		for (const [path, column] of Object.entries({
			'GET data/Quote/source-1': 'from_quote_id',
			'GET data/aCase/source-1': 'related_case_id',
			'GET data/Invoice/source-1': 'invoice_id',
		})) {
			const standIn = server({ [path]: oneOf({ id: 'source-1' }) }, FIELDS);
			await create(standIn, { sourceDocument: 'source-1' });
			expect(patched(standIn)).toEqual([
				['PATCH data/Order/order-1', { data: { [column]: 'source-1' }, create: false }],
			]);
		}
	});

	it('is named after the rows where the header names it', async () => {
		const standIn = server({}, FIELDS);
		const data = {
			...{ name: 'Offer', from_quote_id: 'quote-1', related_case_id: '' },
			...{ billing_account_id: 'account-1', from_where: 'there' },
		};
		await create(standIn, { header: { data, files: {} } });
		expect(standIn.written[0]).toEqual([
			'POST data/Order',
			{
				data: {
					...{ name: 'Offer', billing_account_id: 'account-1', from_where: 'there' },
					...{ currency_id: '-99', related_case_id: '' },
				},
			},
		]);
		expect(patched(standIn)).toEqual([
			['PATCH data/Order/order-1', { data: { from_quote_id: 'quote-1' }, create: false }],
		]);
	});

	it.each([
		...['Quote', 'SalesOrder', 'Invoice', 'PurchaseOrder'],
		...['Bill', 'CreditNote', 'Shipping', 'Receiving'],
	])('can be a %s, whatever the reference is called', async (module) => {
		const answers = { [`GET data/${module}/source-1`]: oneOf({ id: 'source-1' }) };
		const standIn = server(answers, { any_id: reference(module) });
		await create(standIn, { sourceDocument: 'source-1' });
		expect(patched(standIn)[0][1]).toEqual({ data: { any_id: 'source-1' }, create: false });
	});

	it.each<[MoreFields, string]>([
		[FIELDS, 'Quote or aCase or Invoice'],
		[{ billing_account_id: reference('Account') }, 'other document'],
	])('has to be there', async (fields, targets) => {
		const standIn = server({}, fields);
		await expect(create(standIn, { sourceDocument: 'none' })).rejects.toEqual(
			new UserError(`1CRM has no ${targets} "none" that a Order could be made from`),
		);
		expect(standIn.written).toEqual([]);
	});
});

describe('a failure', () => {
	// A new one each time, because the words before its message are put into the error itself.
	const no = () => failed(400, { message: 'No' });
	const gone = { result: true };
	const REMOVED = {
		'DELETE data/Order/order-1': gone,
		'DELETE data/OrderLineGroup/LineGroup%200': gone,
		'DELETE data/OrderLine/LineGroup%200%20Line%200': gone,
	};
	const removals = ({ requests }: StandIn) => requests.filter((one) => one.startsWith('DELETE'));
	const failing = () => ({ 'POST data/OrderAdjustment': no() });

	it('removes everything again, the last row first and the header last', async () => {
		const standIn = server({ ...failing(), ...REMOVED });
		await expect(create(standIn)).rejects.toThrow(
			/^Order "order-1" was created only in part, and removed again: No$/,
		);
		expect(removals(standIn)).toEqual(Object.keys(REMOVED).reverse());
	});

	it('does not mind what is gone already', async () => {
		await expect(create(server(failing()))).rejects.toThrow('only in part, and removed again: No');
	});

	it('names what can not be removed', async () => {
		const standIn = server({
			...{ ...failing(), ...REMOVED, 'DELETE data/Order/order-1': failed(403) },
			'DELETE data/OrderLineGroup/LineGroup%200': failed(500),
		});
		await expect(create(standIn)).rejects.toThrow(
			/^Order "order-1" was created only in part\. Remove what is left of it: OrderLineGroup "LineGroup 0", Order "order-1": No$/,
		);
	});

	it('keeps what was written if that is wanted, and names it', async () => {
		const standIn = server(failing());
		await expect(create(standIn, { onFailure: 'keep' })).rejects.toThrow(
			/^Order "order-1" was created only in part and kept \(Order "order-1", OrderLineGroup "LineGroup 0", OrderLine "LineGroup 0 Line 0"\): No$/,
		);
		expect(removals(standIn)).toEqual([]);
	});

	it('of the header leaves nothing to remove', async () => {
		const standIn = server({ 'POST data/Order': no() });
		await expect(create(standIn)).rejects.toThrow(/^No$/);
		expect(standIn.requests).toEqual(['POST data/Order']);
	});

	it('looks for rows that came to be without an answer, and removes them', async () => {
		const standIn = server({
			...{ ...REMOVED, 'POST data/OrderAdjustment': lost() },
			'GET data/Order/order-1/line_groups_link': listOf({ id: 'LineGroup 0' }),
			'GET data/Order/order-1/lines_link': listOf({ id: 'LineGroup 0 Line 0' }),
			'GET data/Order/order-1/comments_link': listOf(),
			'GET data/Order/order-1/adjustments_link': listOf({ id: 'a' }, { id: 'b' }),
		});
		await expect(create(standIn)).rejects.toThrow('and removed again: No answer');
		expect(removals(standIn)).toEqual([
			...['DELETE data/OrderAdjustment/b', 'DELETE data/OrderAdjustment/a'],
			...Object.keys(REMOVED).reverse(),
		]);
	});

	it('names where there may be rows that nobody can look for', async () => {
		const standIn = server({
			...{ ...REMOVED, 'POST data/OrderAdjustment': lost() },
			'GET data/Order/order-1/line_groups_link': listOf(),
			'GET data/Order/order-1/comments_link': listOf(),
		});
		await expect(create(standIn)).rejects.toThrow(
			/^Order "order-1" was created only in part, and removed again\. It may also have left OrderLine, OrderAdjustment: No answer$/,
		);
	});

	it.each([{}, { id: '' }, { id: 7 }])(
		'is an answer such as %j to a new row, which may be there',
		async (answer) => {
			const standIn = server({ ...REMOVED, 'POST data/OrderAdjustment': answer as IDataObject });
			await expect(create(standIn)).rejects.toMatchObject({
				message: expect.stringMatching(
					/left OrderLineGroup, OrderLine, OrderComment, OrderAdjustment: 1CRM answered without the ID of a new OrderAdjustment$/,
				),
				outcome: 'unknown',
			});
		},
	);
});

describe('an answer that is lost', () => {
	it('is looked up for a row, which then is there once', async () => {
		const place = { position: '0', line_group_id: 'LineGroup 0' };
		const standIn = server({
			'POST data/OrderAdjustment': lost(),
			'GET data/Order/order-1/adjustments_link': listOf({ id: 'found', ...place }),
		});
		const document = await create(standIn);
		expect(document.groups[0].adjustments[0].id).toBe('found');
		expect(standIn.requests.filter((one) => one === 'POST data/OrderAdjustment')).toHaveLength(1);
	});

	it('is not looked up if the row was refused', async () => {
		const place = { position: '0', line_group_id: 'LineGroup 0' };
		const standIn = server({
			'POST data/OrderAdjustment': failed(400),
			'GET data/Order/order-1/adjustments_link': listOf({ id: 'other', ...place }),
		});
		await expect(create(standIn)).rejects.toThrow('only in part');
	});

	const stored = (...ids: string[]) =>
		listOf(...ids.map((id) => ({ id, name: 'Offer', currency_id: '-99' })));
	const withoutGroups = (id: string) => ({
		[`GET data/Order/${id}/line_groups_link`]: listOf(),
		[`GET data/Order/${id}`]: oneOf({ id }),
	});

	it('is looked up for a header, which then is there once', async () => {
		const standIn = server({
			'POST data/Order': lost(),
			'GET data/Order': stored('order-2'),
			...withoutGroups('order-2'),
		});
		expect((await create(standIn)).id).toBe('order-2');
	});

	it('is not looked up if the header was refused', async () => {
		const answers = { 'GET data/Order': stored('order-2'), ...withoutGroups('order-2') };
		const standIn = server({ 'POST data/Order': failed(400), ...answers });
		await expect(create(standIn)).rejects.toThrow('Status 400');
	});

	it('is not mistaken for that of another document with the same header', async () => {
		const ids = ['order-1', undefined, 'order-3', undefined];
		const standIn = server({
			'POST data/Order': () => {
				const id = ids.shift();
				if (id === undefined) throw lost();
				return { id };
			},
			'GET data/Order': () =>
				stored(...['order-1', 'order-2', 'order-3', 'order-4'].slice(0, 4 - ids.length)),
			...withoutGroups('order-1'),
			...withoutGroups('order-2'),
			...withoutGroups('order-3'),
			...withoutGroups('order-4'),
		});
		const documents = await Promise.all([1, 2, 3, 4].map(async () => await create(standIn)));
		expect(documents.map(({ id }) => id)).toEqual(['order-1', 'order-2', 'order-3', 'order-4']);
	});

	it('of one document leaves others with the same header as they are', async () => {
		const answers = [lost(), { id: 'order-1' }];
		const standIn = server({
			'POST data/Order': () => {
				const answer = answers.shift()!;
				if (answer instanceof Error) throw answer;
				return answer;
			},
		});
		const [first, second] = await Promise.allSettled([create(standIn), create(standIn)]);
		expect(first.status).toBe('rejected');
		expect(second).toMatchObject({ status: 'fulfilled', value: { id: 'order-1' } });
	});
});
