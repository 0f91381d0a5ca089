import { type Asked, type Fact, NotAskable } from '../fact.cts';
import { metadataOf } from '../fields.cts';
import { page } from '../page.cts';
import { createGroup, createQuote, decimal, writeTrialQuote } from '../sales-trial.cts';
import { isMap, Refused } from '../server.cts';

const PARTS = {
	line_groups_link: 'LineGroup',
	lines_link: 'Line',
	comments_link: 'Comment',
	adjustments_link: 'Adjustment',
};

/** An order made of a quote with a line: whether it has the line, too. `source` is what the order is created with. */
async function isLineCopied(asked: Asked, isSourceWrittenLater: boolean): Promise<boolean> {
	const { server, trial } = asked;
	const account = await trial.create('Account', { name: trial.name() });
	const quote = await createQuote(asked);
	const line_group_id = await createGroup(asked, quote);
	await trial.create('QuoteLine', { quote_id: quote, line_group_id, name: 'Check', position: 0 });
	const source = { related_quote_id: quote };
	const header = { name: trial.name(), billing_account_id: account };
	const order = await trial.create('SalesOrder', {
		...header,
		...(!isSourceWrittenLater && source),
	});
	if (isSourceWrittenLater) await trial.change('SalesOrder', order, source);
	let lines = 0;
	for (const [link, part] of Object.entries(PARTS)) {
		const { ids } = await page(server, `SalesOrder/${order}/${link}`, {});
		for (const id of ids) trial.adopt(`SalesOrder${part}`, id);
		if (part === 'Line') lines = ids.length;
	}
	return lines > 0;
}

/** Quotes, orders and their lines. Invoices are left out, because they may not be deletable. */
export const salesFacts: Fact[] = [
	{
		name: 'Column of a line',
		question: 'Which field of QuoteLine contains the ID of the quote?',
		expectation: 'quote_id',
		consequence: 'None: the node reads it from the fields of QuoteLine',
		async ask({ server }) {
			const isReference = ({ type, bean_name: target }: Record<string, unknown>) =>
				type === 'ref' && target === 'Quote';
			const [found] = await metadataOf(server, 'QuoteLine', 'fields', isReference);
			return String(found?.id_name ?? 'none');
		},
	},
	{
		name: 'Rates of a tax code',
		question: 'Can the rates of a tax code be read by its link taxrates?',
		expectation: 'with name, rate, compounding',
		consequence: 'Sales Document > Create would refuse lines with a tax',
		async ask({ server }) {
			const [id] = (await page(server, 'TaxCode', { limit: 1 })).ids;
			if (id === undefined) throw new NotAskable('there is no tax code');
			const names = ['name', 'rate', 'compounding'];
			const query = Object.fromEntries(names.map((name, index) => [`fields[${index}]`, name]));
			const { records } = await server.read({ path: `data/TaxCode/${id}/taxrates`, query });
			const [rate] = (Array.isArray(records) ? records : []).filter(isMap);
			if (rate === undefined) return 'no rate';
			return `with ${names.filter((name) => name in rate).join(', ') || 'nothing'}`;
		},
	},
	{
		name: 'Tally of a document',
		question: 'In which form does /tally return the groups of a quote?',
		expectation: 'groups as a list',
		consequence: 'A map is read, too. Without a tally, totals are compared with the stored rows',
		writes: true,
		async ask(asked) {
			const quote = await createQuote(asked);
			await createGroup(asked, quote);
			const { groups } = await asked.server.read({ path: `tally/Quote/${quote}` });
			if (!isMap(groups) && !Array.isArray(groups)) return 'no groups';
			return `groups as a ${isMap(groups) ? 'map' : 'list'}`;
		},
	},
	{
		name: 'Totals of a quote',
		question:
			'Does 1CRM come to the same totals for a quote with two tax rates, both kinds of discount and shipping?',
		expectation: 'the same',
		consequence: "Sales Document > Create reports the check 'different' for such documents",
		writes: true,
		async ask(asked) {
			const { id, totals } = await writeTrialQuote(asked);
			const { status, json } = await asked.server.ask({ path: `tally/Quote/${id}` });
			if (status === 404) throw new NotAskable('there is no tally');
			if (status !== 200 || !isMap(json)) throw new Refused(status);
			const own = isMap(json.totals) ? json.totals : {};
			const differing = (['subtotal', 'discount', 'shipping', 'total'] as const)
				.filter((name) => !decimal(own[name]).round(2).equals(totals[name]))
				.map((name) => `${name} ${decimal(own[name]).toFixed(2)} for ${totals[name].toFixed(2)}`);
			return differing.join(', ') || 'the same';
		},
	},
	{
		name: 'Amounts of a line',
		question: 'Does 1CRM calculate the price of a line that is written without it?',
		expectation: 'left empty',
		consequence: 'None: the node writes all amounts',
		writes: true,
		async ask(asked) {
			const quote_id = await createQuote(asked);
			const line_group_id = await createGroup(asked, quote_id);
			const values = { name: 'Check', position: 0, quantity: 2, unit_price: 5 };
			const place = { quote_id, line_group_id };
			const line = await asked.trial.create('QuoteLine', { ...place, ...values });
			return await isFilled(asked, 'QuoteLine', line, 'ext_price');
		},
	},
	{
		name: 'Copy in the base currency',
		question: "Does 1CRM calculate a line's price in the base currency?",
		expectation: 'left empty',
		consequence: 'None: the node writes all copies',
		writes: true,
		async ask(asked) {
			const quote_id = await createQuote(asked);
			const line_group_id = await createGroup(asked, quote_id);
			const place = { quote_id, line_group_id, name: 'Check', position: 0 };
			const line = await asked.trial.create('QuoteLine', { ...place, ext_price: 10 });
			return await isFilled(asked, 'QuoteLine', line, 'ext_price_usd');
		},
	},
	{
		name: 'Amounts of a header',
		question: 'Does a header keep the amounts that are written into it?',
		expectation: 'as written',
		consequence: 'None: the total is compared with the tally',
		writes: true,
		async ask(asked) {
			const quote = await createQuote(asked, { amount: '1.23', subtotal: '1.23' });
			const { amount } = await asked.trial.read('Quote', quote);
			return decimal(amount).equals(decimal('1.23')) ? 'as written' : 'calculated';
		},
	},
	{
		name: 'Lines of a source',
		question: 'Does a sales order that is created from a quote get its lines?',
		expectation: 'copied',
		consequence: 'None: the node names the source only after the lines are written',
		writes: true,
		ask: async (asked) => ((await isLineCopied(asked, false)) ? 'copied' : 'not copied'),
	},
	{
		name: 'Source written later',
		question: 'Does a sales order get the lines of a quote that is written into it later?',
		expectation: 'not copied',
		consequence:
			"With 'Source Document', the lines would be there twice, and the check 'different'",
		writes: true,
		ask: async (asked) => ((await isLineCopied(asked, true)) ? 'copied' : 'not copied'),
	},
	{
		name: 'Parts of a deleted document',
		question: 'What happens to the lines of a quote that is deleted?',
		expectation: 'left',
		consequence: 'None: if a document fails on the way, the node removes its parts one by one',
		writes: true,
		async ask(asked) {
			const { server, trial } = asked;
			const quote_id = await createQuote(asked);
			const line_group_id = await createGroup(asked, quote_id);
			const values = { quote_id, line_group_id, name: 'Check', position: 0 };
			const line = await trial.create('QuoteLine', values);
			await server.read({ method: 'DELETE', path: `data/Quote/${quote_id}` });
			const { status, json } = await server.ask({ path: `data/QuoteLine/${line}` });
			const record = isMap(json) ? json.record : undefined;
			const isThere = status === 200 && isMap(record) && String(record.deleted) !== '1';
			return isThere ? 'left' : 'deleted, too';
		},
	},
];

async function isFilled(
	{ trial }: Asked,
	model: string,
	id: string,
	name: string,
): Promise<string> {
	const { [name]: value } = await trial.read(model, id);
	return value === undefined || value === null || value === '' ? 'left empty' : 'calculated';
}
