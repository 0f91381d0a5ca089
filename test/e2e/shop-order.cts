/** An order as the webhook of WooCommerce sends it, as far as it matters here. */
export interface ShopOrder {
	number: string;
	currency: string;
	total: string;
	discount_total: string;
	shipping_total: string;
	shipping_tax: string;
	billing: Record<'company' | 'email' | 'first_name' | 'last_name', string>;
	line_items: Array<{
		name: string;
		sku: string;
		quantity: number;
		tax_class: string;
		/** Before discounts, without tax, of all pieces. */
		subtotal: string;
		subtotal_tax: string;
	}>;
}

let orders = 0;

/** A new order of two products with two tax rates (20 and 10 %), a coupon of 10 % and shipping. */
export function shopOrder(changes: Partial<ShopOrder> = {}): ShopOrder {
	const number = String(7000 + ++orders);
	return {
		number,
		currency: 'EUR',
		total: '145.98',
		discount_total: '13.00',
		shipping_total: '6.90',
		shipping_tax: '1.38',
		billing: {
			company: '',
			email: `buyer.${number}@shop.example`,
			first_name: 'Buyer',
			last_name: `Number ${number}`,
		},
		line_items: [
			{
				...{ name: 'Kettle', sku: 'K-1', quantity: 2, tax_class: '' },
				...{ subtotal: '100.00', subtotal_tax: '20.00' },
			},
			{
				...{ name: 'Cookbook', sku: 'B-1', quantity: 1, tax_class: 'reduced-rate' },
				...{ subtotal: '30.00', subtotal_tax: '3.00' },
			},
		],
		...changes,
	};
}
