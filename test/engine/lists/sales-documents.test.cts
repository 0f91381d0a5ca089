import type { INodeParameters } from 'n8n-workflow';
import { insertAccount, insertTaxCode, quoteHeader } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

const creating: INodeParameters = { resource: 'salesDocument', operation: 'create' };

it('lists the modules whose records have lines', async () => {
	const { results } = await engine.listSearch('searchDocumentModules', creating);
	expect(results.map(({ value }) => value)).toEqual(
		expect.arrayContaining(['Invoice', 'PurchaseOrder', 'Quote', 'SalesOrder']),
	);
	const modules = await engine.listSearch('searchModules', creating);
	expect(results.length).toBeLessThan(modules.results.length);
	expect(results.map(({ value }) => value)).not.toContain('Account');
	const { results: found } = await engine.listSearch('searchDocumentModules', creating, {
		filter: 'quo',
	});
	expect(found).toEqual([{ name: 'Quotes (Quote)', value: 'Quote' }]);
});

it('lists products page by page, and searches them', async () => {
	for (let index = 100; index < 160; index++) {
		sandbox.insert('Product', { id: `product-${index}`, name: `Pump ${index}` });
	}
	const first = await engine.listSearch('searchProducts', creating);
	expect(first.results[0]).toEqual({ name: 'Pump 100', value: 'product-100' });
	const rest = await engine.listSearch('searchProducts', creating, {
		paginationToken: first.paginationToken,
	});
	const all = [...first.results, ...rest.results];
	expect(new Set(all.map(({ value }) => value)).size).toBe(60);
	expect(rest.paginationToken).toBeUndefined();
	const { results } = await engine.listSearch('searchProducts', creating, { filter: 'Pump 142' });
	expect(results).toEqual([{ name: 'Pump 142', value: 'product-142' }]);
});

it('lists all tax codes, and the one for lines without tax', async () => {
	const ids = ['VAT 13%', 'VAT 19%'].map((name) => insertTaxCode(sandbox, name, '13'));
	expect(await engine.loadOptions('getTaxCodes', creating)).toEqual([
		{ name: 'Not Set', value: '' },
		{ name: 'VAT 13%', value: ids[0] },
		{ name: 'VAT 19%', value: ids[1] },
		{ name: 'Exempt From Tax', value: '-99' },
	]);
});

it('lists the types of payments of this 1CRM', async () => {
	const types = await engine.loadOptions('getPaymentTypes', creating);
	expect(types).toContainEqual({ name: 'Bank Transfer', value: 'Bank Transfer' });
});

it('writes the product and the tax code that are chosen in the lists', async () => {
	insertAccount(sandbox);
	const taxCode = insertTaxCode(sandbox, 'VAT 13%', '13');
	sandbox.insert('Product', { id: 'pump', name: 'Pump', list_price: 50, tax_code_id: taxCode });
	const productId = { __rl: true as const, mode: 'list', value: 'pump' };
	const lines = [
		{ productId, taxCode },
		{ productId, taxCode: '-99' },
		{ productId, taxCode: '' },
	];
	const [document] = await engine.items({
		...{ ...creating, module: 'Quote', fields: quoteHeader(), linesMode: 'define' },
		lines: { line: lines },
	});
	expect(document).toMatchObject({
		total: '163.00',
		groups: [{ lines: [{ taxCode: 'VAT 13%' }, { taxCode: null }, { taxCode: 'VAT 13%' }] }],
	});
});
