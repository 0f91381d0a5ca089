import type { Crm } from './crm.cts';
import { partsOf } from './sales.cts';
import type { StoredRecord } from './store.cts';

const DISCOUNTS = ['StandardDiscount', 'StdPercentDiscount'];
const SHIPPING = ['TaxedShipping', 'UntaxedShipping'];
const TAXES = ['StandardTax', 'CompoundedTax'];

interface Tax {
	name: string | null;
	rate: string | null;
	amount: number;
}

/** What a document adds up to, worked out from its rows as they are stored. */
export function tallyOf(crm: Crm, model: string, row: StoredRecord) {
	const { tallyRounding, tallyGroups } = crm.variants.sales;
	const money = (amount: number): string => rounded(amount, decimalsOf(crm, row), tallyRounding);
	const lines = partsOf(crm, model, row, 'lines_link');
	const comments = partsOf(crm, model, row, 'comments_link');
	const adjustments = partsOf(crm, model, row, 'adjustments_link');
	const ofGroup = (rows: StoredRecord[], { id }: StoredRecord): StoredRecord[] =>
		rows.filter(({ line_group_id }) => line_group_id === id);

	const sums = { subtotal: 0, discount: 0, shipping: 0, shipping_taxed: 0, total: 0 };
	const taxes = new Map<string, Tax>();
	const groups = partsOf(crm, model, row, 'line_groups_link').map((group) => {
		const own = ofGroup(adjustments, group);
		const extPrice = (line: StoredRecord): number =>
			Number(money(Number(line.quantity) * Number(line.unit_price)));
		const sum = (rows: StoredRecord[], types: string[]): number =>
			rows
				.filter(({ type }) => types.includes(type ?? ''))
				.reduce((total, { amount }) => total + Number(amount), 0);
		const subtotal = ofGroup(lines, group).reduce((total, line) => total + extPrice(line), 0);
		const discount = sum(own, DISCOUNTS);
		const shipping = sum(own, SHIPPING);
		const total = subtotal - discount + shipping + sum(own, TAXES);
		sums.subtotal += subtotal;
		sums.discount += discount;
		sums.shipping += shipping;
		sums.shipping_taxed += sum(own, ['TaxedShipping']);
		sums.total += total;
		for (const { type, related_id, name, rate, amount } of own) {
			if (!TAXES.includes(type ?? '')) continue;
			const key = related_id ?? String(name);
			const before = taxes.get(key)?.amount ?? 0;
			taxes.set(key, { name, rate, amount: before + Number(amount) });
		}
		return {
			name: group.name,
			line_items: byPosition([
				...ofGroup(lines, group).map((line) => ({
					name: line.name,
					position: line.position,
					quantity: line.quantity,
					unit_price: line.unit_price,
					ext_price: money(extPrice(line)),
					mfr_part_no: line.mfr_part_no,
					is_comment: '0',
				})),
				...ofGroup(comments, group).map(({ body, position }) => ({
					...{ name: body, position },
					is_comment: '1',
				})),
			]),
			subtotal: money(subtotal),
			total: money(total),
			adjusts: own.map(({ type, name, rate, amount }) => ({
				...{ type, name, rate },
				value: amount,
			})),
		};
	});
	const { subtotal, discount, shipping, shipping_taxed, total } = sums;
	return {
		groups:
			tallyGroups === 'map'
				? Object.fromEntries(groups.map((group, index) => [String(index + 1), group]))
				: groups,
		totals: {
			subtotal: money(subtotal),
			discount: money(discount),
			shipping: money(shipping),
			shipping_taxed: money(shipping_taxed),
			total: money(total),
			taxes: [...taxes.values()].map((tax) => ({ ...tax, amount: money(tax.amount) })),
		},
	};
}

/** The decimals of the currency, by its ISO code. */
function decimalsOf({ store }: Crm, row: StoredRecord): number {
	const currency = store.live('Currency', row.currency_id ?? '')?.iso4217 ?? 'USD';
	const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
		style: 'currency',
		currency,
	}).resolvedOptions();
	return maximumFractionDigits;
}

function byPosition<Row extends object>(rows: Array<Row & { position: string | null }>): Row[] {
	return rows.sort((a, b) => Number(a.position) - Number(b.position));
}

/** A hair more than the number, so that 1.005, a little less in binary, is rounded as people do. */
function rounded(amount: number, decimals: number, mode: 'halfUp' | 'truncate'): string {
	const scaled = Math.abs(amount) * 10 ** decimals + 1e-6;
	const units = mode === 'truncate' ? Math.trunc(scaled) : Math.round(scaled);
	return ((Math.sign(amount) * units) / 10 ** decimals).toFixed(decimals);
}
