import { Decimal } from '../../nodes/OneCrm/crm/decimal';
import type { DocumentTotals, TaxCode } from '../../nodes/OneCrm/crm/salesDocument/totals';
import { documentTotals } from '../../nodes/OneCrm/crm/salesDocument/totals';
import { type Asked, NotAskable } from './fact.cts';
import { page } from './page.cts';
import { isMap, type Server } from './server.cts';

const DAY = '2099-12-31';

/** Creates a quote without lines, and returns its id. */
export async function createQuote({ trial }: Asked, values: object = {}): Promise<string> {
	const account = await trial.create('Account', { name: trial.name() });
	const header = { name: trial.name(), billing_account_id: account, valid_until: DAY };
	return await trial.create('Quote', { ...header, ...values });
}

/** Creates the group that every line needs. */
export async function createGroup({ trial }: Asked, quote: string, values: object = {}) {
	const group = { parent_id: quote, name: 'Check', position: 0, group_type: 'products' };
	return await trial.create('QuoteLineGroup', { ...group, status: 'Draft', ...values });
}

/** A tax code of the server with its rates. */
async function readTaxCode(server: Server, record: Record<string, unknown>): Promise<TaxCode> {
	const path = `data/TaxCode/${String(record.id)}/taxrates`;
	const query = { 'fields[0]': 'name', 'fields[1]': 'rate', 'fields[2]': 'compounding' };
	const { records } = await server.read({ path, query });
	const rates = (Array.isArray(records) ? records : []).filter(isMap).map((rate) => ({
		id: String(rate.id),
		name: String(rate.name),
		rate: decimal(rate.rate),
		isCompounded: rate.compounding === '1' || rate.compounding === true,
	}));
	return { id: String(record.id), name: String(record.name), rates };
}

/** Two tax codes with different rates, both more than nothing. */
async function twoTaxCodes(server: Server): Promise<[TaxCode, TaxCode]> {
	const { ids } = await page(server, 'TaxCode', { limit: 50 });
	const found: TaxCode[] = [];
	for (const id of ids) {
		const code = await readTaxCode(server, { id, name: id });
		const [rate] = code.rates;
		const isOther = found.every(({ rates: [other] }) => !other.rate.equals(rate?.rate));
		if (code.rates.length === 1 && !rate.rate.isZero && isOther) found.push(code);
		if (found.length === 2) return [found[0], found[1]];
	}
	throw new NotAskable('there are no two tax codes with different rates');
}

export function decimal(value: unknown): Decimal {
	const parsed = Decimal.parse(value);
	if (parsed === undefined) throw new NotAskable(`"${String(value)}" is no amount`);
	return parsed;
}

/** The lines of the quote that is compared: the first is rounded up, the second down. */
const LINES = [
	{ unitPrice: '33.33333', quantity: '3' },
	{ unitPrice: '19.99', quantity: '3' },
	{ unitPrice: '1', quantity: '1' },
];

/** Writes a quote with two tax rates, both kinds of discount and shipping, and returns what it has to come to. */
export async function writeTrialQuote(
	asked: Asked,
): Promise<{ id: string; totals: DocumentTotals }> {
	const { server, trial } = asked;
	const [one, other] = await twoTaxCodes(server);
	const codes = [one, other, undefined];
	const totals = documentTotals(
		[
			{
				lines: LINES.map(({ unitPrice, quantity }, index) => ({
					unitPrice: decimal(unitPrice),
					quantity: decimal(quantity),
					taxCode: codes[index],
				})),
				adjustments: [
					{ type: 'percentDiscount', value: decimal('12.5') },
					{ type: 'fixedDiscount', value: decimal('5') },
					{ type: 'untaxedShipping', value: decimal('6.90') },
				],
			},
		],
		2,
	);
	const [group] = totals.groups;
	const money = (amount: Decimal): string => amount.toFixed(2);
	const id = await createQuote(asked, {
		subtotal: money(totals.subtotal),
		pretax: money(totals.pretax),
		amount: money(totals.total),
	});
	const line_group_id = await createGroup(asked, id, {
		subtotal: money(group.subtotal),
		total: money(group.total),
	});
	const place = { quote_id: id, line_group_id };
	for (const [position, { unitPrice, quantity }] of LINES.entries()) {
		const ext_price = money(group.extPrices[position]);
		await trial.create('QuoteLine', {
			...{ ...place, position, name: 'Check', quantity, unit_price: unitPrice, ext_price },
			...{
				list_price: unitPrice,
				net_price: ext_price,
				tax_class_id: codes[position]?.id ?? '-99',
			},
		});
	}
	const [percent, fixed, shipping] = group.adjustmentAmounts.map(money);
	const adjustments = [
		{ type: 'StdPercentDiscount', name: 'Check', rate: '12.5', amount: percent },
		{ type: 'StandardDiscount', name: 'Check', amount: fixed },
		...group.taxes.map(({ id: related_id, name, rate, amount }) => ({
			...{ type: 'StandardTax', name, rate: rate.toString(), amount: money(amount) },
			...{ related_type: 'TaxRates', related_id },
		})),
		{ type: 'UntaxedShipping', name: 'Check', amount: shipping },
	];
	for (const [position, adjustment] of adjustments.entries()) {
		await trial.create('QuoteAdjustment', { ...place, position, ...adjustment });
	}
	return { id, totals };
}
