import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { insertAccount, insertTaxCode, quoteHeader } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

beforeEach(() => {
	insertAccount(sandbox);
	insertTaxCode(sandbox, 'VAT 13%', '13');
	sandbox.insert('Product', {
		...{ id: 'pump', name: 'Pump', manufacturers_part_no: 'PN-1', list_price: 50 },
	});
});

const creating = (more: INodeParameters): INodeParameters => ({
	...{ resource: 'salesDocument', operation: 'create', module: 'Quote' },
	...{ fields: quoteHeader(), ...more },
});

const itemWith = (json: unknown) => [{ json: json as IDataObject }];

/** As the editor keeps a line: every field of the form is there, most of them as by default. */
const formLine = (values: INodeParameters): INodeParameters => ({
	...{ comment: '', costPrice: '', group: '', listPrice: '', name: '' },
	productId: { mode: 'list', value: '' },
	...{ productNumber: '', quantity: 1, taxCode: '', unitPrice: '', ...values },
});
const formAdjustment = (values: INodeParameters): INodeParameters => ({
	...{ group: '', name: '', taxCode: '', type: 'percentDiscount', value: '', ...values },
});

it('takes the name of the account if references may be given by name', async () => {
	const fields = quoteHeader({ billing_account_id: 'Birch Ltd' });
	const options = { referencesByName: true };
	const linesJson = [{ productId: 'pump' }];
	await engine.items(creating({ fields, options, linesJson, linesMode: 'json' }));
	expect(sandbox.records('Quote').at(-1)).toMatchObject({ billing_account_id: 'account-1' });
});

it('takes lines and a discount that are entered in the form', async () => {
	const [document] = await engine.items(
		creating({
			linesMode: 'define',
			lines: {
				line: [
					formLine({ productNumber: 'PN-1', quantity: 2 }),
					formLine({
						name: 'Work',
						unitPrice: '80.00',
						taxCode: 'VAT 13%',
						comment: 'By the hour',
					}),
					formLine({ comment: 'Delivered on pallets' }),
				],
			},
			adjustments: { adjustment: [formAdjustment({ value: '10' })] },
		}),
	);
	expect(document).toMatchObject({
		...{ subtotal: '180.00', discount: '18.00', total: '171.36', check: 'same' },
		groups: [
			{
				lines: [
					{ name: 'Pump', quantity: '2', unitPrice: '50.00' },
					{ name: 'Work', extPrice: '80.00' },
					{ comment: 'By the hour' },
					{ comment: 'Delivered on pallets' },
				],
				adjustments: [{ type: 'percentDiscount', rate: '10' }, { type: 'tax' }],
			},
		],
	});
});

it('passes over the arrays of JSON that another mode has left', async () => {
	const lines = { line: [formLine({ productId: 'pump' })] };
	const [document] = await engine.items(
		creating({ linesMode: 'define', lines, linesJson: [{ price: 1 }], adjustmentsJson: 'no JSON' }),
	);
	expect(document.total).toBe('50.00');
});

it.each<[string, INodeParameters]>([
	['a list', { linesJson: '={{ $json.lines }}' }],
	['JSON text', { linesJson: '={{ JSON.stringify($json.lines) }}' }],
	['the form', { linesMode: 'define', lines: '={{ { line: $json.lines } }}' }],
	['rows of the form', { linesMode: 'define', lines: { line: '={{ $json.lines }}' } }],
])('takes lines from an expression with %s', async (_, parameters) => {
	const items = itemWith({ lines: [{ productId: 'pump' }, { name: 'Work', unitPrice: 80 }] });
	const [document] = await engine.items(creating({ linesMode: 'json', ...parameters }), { items });
	expect(document.total).toBe('130.00');
});

it.each<[string, INodeParameters]>([
	['a list', { adjustmentsJson: '={{ $json.none }}' }],
	['JSON text', { adjustmentsJson: '={{ JSON.stringify($json.none) }}' }],
	['rows of the form', { linesMode: 'define', adjustments: { adjustment: '={{ $json.none }}' } }],
])('takes no adjustments from an expression with %s that is empty', async (_, parameters) => {
	const lines = [{ productId: 'pump' }];
	const [document] = await engine.items(
		creating({
			...{ linesMode: 'json', linesJson: lines, lines: { line: lines } },
			...parameters,
		}),
		{ items: itemWith({ none: [] }) },
	);
	expect(document).toMatchObject({ total: '50.00', groups: [{ adjustments: [] }] });
});

it.each<[string, INodeParameters, string]>([
	['lines', { linesJson: '={{ $json.missing }}' }, "'Lines (JSON)'"],
	['adjustments', { adjustmentsJson: '={{ $json.missing }}' }, "'Adjustments (JSON)'"],
	['no lines at all', { linesJson: '={{ [] }}' }, 'at least one line'],
	['lines that are no objects', { linesJson: '["Pump"]' }, "'Lines (JSON)' must be a list"],
	['lines that are no JSON', { linesJson: 'Pump' }, "'Lines (JSON)' must be a list"],
	['an unknown mode', { linesMode: 'xml' }, "'Specify Lines' cannot be"],
])('refuses %s by name, and writes nothing', async (_, parameters, message) => {
	const error = await engine.failure(
		creating({ linesMode: 'json', linesJson: [{ productId: 'pump' }], ...parameters }),
	);
	expect(error.message).toContain(message);
	expect(sandbox.records('Quote')).toEqual([]);
});
