import { RowsForm } from '../pages/rows-form.cts';
import type { StoryTeller } from '../story.cts';

/** A sales document with its lines, entered by hand. */
export function quote(tell: StoryTeller): void {
	tell('quote: it has two lines and a discount', async (editor, { sandbox }) => {
		const { nodeDetails, page } = editor;
		const { fields } = nodeDetails;
		const [account] = sandbox.records('Account');
		const [product] = sandbox.records('Product');
		await editor.addFirstAction('Create a sales document');
		await nodeDetails.locator('module').chooseFromList('Quotes (Quote)');
		await fields.type('name', 'Pumps for hall 3');
		await fields.chooseDay('valid_until', 28);
		await nodeDetails.addOption('References by Name');
		await nodeDetails.switchOn('referencesByName');
		await fields.type('billing_account_id', String(account.name));

		const line = new RowsForm(page, 'Line');
		await line.add();
		await line.locator('productId').chooseFromList(String(product.name));
		await line.type('quantity', '2');
		await line.type('unitPrice', '100');
		expect(await line.choose('taxCode', 'Standard')).toEqual(
			expect.arrayContaining(['Not Set', 'Standard', 'Reduced', 'Exempt From Tax']),
		);
		await line.add();
		await line.type('name', 'Installation');
		await line.type('unitPrice', '80');
		await line.choose('taxCode', 'Reduced');

		const adjustment = new RowsForm(page, 'Adjustment');
		await adjustment.add();
		await adjustment.choose('type', 'Percentage Discount');
		await adjustment.type('value', '10');

		await nodeDetails.execute();
		const [document] = await nodeDetails.output.table(1);
		expect(document).toMatchObject({ subtotal: '280.00', total: '295.20', check: 'same' });
		await nodeDetails.output.showSchema();
		await line.scrollIntoView();
		await editor.takePicture('quote-with-lines');

		const written = sandbox.records('Quote').at(-1)!;
		expect(written).toMatchObject({
			...{ name: 'Pumps for hall 3', billing_account_id: account.id },
			...{ subtotal: '280.00', amount: '295.20' },
		});
		const lines = sandbox.records('QuoteLine').filter(({ quote_id }) => quote_id === written.id);
		expect(lines.sort((a, b) => Number(a.position) - Number(b.position))).toMatchObject([
			{ name: product.name, related_id: product.id, quantity: '2', ext_price: '200.00' },
			{ name: 'Installation', quantity: '1', ext_price: '80.00' },
		]);
	});
}
