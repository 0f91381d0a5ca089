import type { IDataObject } from 'n8n-workflow';
import { getDocument } from '../../../../../../nodes/OneCrm/crm/salesDocument/get';
import { PART_KINDS } from '../../../../../../nodes/OneCrm/crm/salesDocument/model';
import { type Answer, failed, listOf, oneOf, StandIn } from '../stand-in.cts';
import { withFields } from './models.cts';

const PATH = 'GET data/Quote/quote-1';
const TALLY = 'GET tally/Quote/quote-1';
const LINES = `${PATH}/lines_link`;

const RECORD: IDataObject = { id: 'quote-1', number: '17', amount: '10.00', subtotal: '10' };
const group = { id: 'group-1', name: 'Parts' };
const line = { id: 'line-1', line_group_id: 'group-1', name: 'Pump', tax_class_id: 'vat' };

const tally = (total: unknown): IDataObject => ({
	groups: [{ name: 'Parts', total: '10', line_items: [{ name: 'Pump', ext_price: '10' }] }],
	totals: { total, subtotal: '10' } as IDataObject,
});

function got(answers: Record<string, Answer>, record: IDataObject = {}) {
	const header = withFields('number');
	Object.assign(header.fields.get('number')!, { type: 'sequence_number' });
	const part = withFields('name', 'quote_id', 'ext_price');
	Object.assign(part.fields.get('quote_id')!, { type: 'id', target: 'Quote' });
	const standIn = new StandIn(
		{
			[PATH]: oneOf({ ...RECORD, ...record }),
			[`${PATH}/line_groups_link`]: listOf(group),
			[LINES]: listOf({ ...line, ext_price: '8' }),
			[`${PATH}/comments_link`]: listOf(),
			[`${PATH}/adjustments_link`]: listOf(),
			'GET data/TaxCode': listOf({ id: 'vat', name: 'VAT 13%' }),
			...answers,
		},
		{ Quote: header, ...Object.fromEntries(PART_KINDS.map((kind) => [`Quote${kind}`, part])) },
	);
	return getDocument(standIn.crm, { module: 'Quote', id: 'quote-1' });
}

it('has the rows that are stored, and their amounts from the tally', async () => {
	expect(await got({ [TALLY]: tally('10') })).toEqual({
		...{ id: 'quote-1', module: 'Quote', number: '17', record: RECORD, check: 'same' },
		...{ subtotal: '10.00', discount: '0.00', shipping: '0.00', pretax: null, total: '10.00' },
		taxes: [],
		groups: [
			{
				...{ id: 'group-1', name: 'Parts', subtotal: null, total: '10.00', adjustments: [] },
				lines: [
					{
						...{ id: 'line-1', name: 'Pump', quantity: null, unitPrice: null },
						...{ extPrice: '10.00', taxCode: 'VAT 13%', comment: null },
					},
				],
			},
		],
	});
});

it('has the amounts that are stored if there is no tally', async () => {
	expect(await got({})).toMatchObject({
		...{ total: '10.00', check: 'different', checkTotal: '8.00' },
		groups: [{ id: 'group-1', lines: [{ extPrice: '8.00' }] }],
	});
});

it('is compared with its rows if the tally has no total', async () => {
	const document = await got({ [TALLY]: tally(null) });
	expect(document).toMatchObject({ check: 'different', checkTotal: '8.00' });
});

it('has the tally alone on a server that does not offer the rows', async () => {
	expect(await got({ [TALLY]: tally('10'), [LINES]: failed(403) })).toMatchObject({
		...{ total: '10.00', check: 'same' },
		groups: [{ id: null, name: 'Parts', lines: [{ id: null, extPrice: '10.00' }] }],
	});
});

it('is not known without rows and without a tally', async () => {
	await expect(got({ [LINES]: failed(403) })).rejects.toThrow('Status 403');
});

it('is not known if the rows can not be read for another reason', async () => {
	await expect(got({ [TALLY]: tally('10'), [LINES]: failed(500) })).rejects.toThrow('Status 500');
});

it('can not be checked without a total', async () => {
	expect(await got({}, { amount: null })).toMatchObject({ total: null, check: 'unavailable' });
	const unknown = { [LINES]: listOf({ ...line, ext_price: null }) };
	expect(await got(unknown)).toMatchObject({ total: '10.00', check: 'unavailable' });
});

it.each<[what: string, id: unknown, total: string]>([
	['its currency', 'yen', '10'],
	['the base currency where its own is gone', 'none', '10.00'],
	['the base currency where it has none', null, '10.00'],
	['the base currency where it has an empty one', '', '10.00'],
])('has the decimals of %s', async (_, currency_id, total) => {
	const yen = { 'GET data/Currency/yen': oneOf({ iso4217: 'JPY' }) };
	expect(await got(yen, { currency_id } as IDataObject)).toMatchObject({ total });
});

it('has the IDs of tax codes whose names can not be read', async () => {
	const document = await got({ 'GET data/TaxCode': failed(403) });
	expect(document).toMatchObject({ groups: [{ lines: [{ taxCode: 'vat' }] }] });
});

it('is not there if its record is not', async () => {
	await expect(got({ [PATH]: failed(404) })).rejects.toThrow('Status 404');
});
