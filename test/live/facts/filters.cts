import { type Asked, type Fact, NotAskable } from '../fact.cts';
import { choicesOf, placeOf } from '../fields.cts';
import { filtered, page } from '../page.cts';
import type { Server } from '../server.cts';

const NOBODY = 'n8n-nodes-1crm check none';

async function contacts(server: Server, query: Record<string, string | number>): Promise<number> {
	return (await page(server, 'Contact', { ...query, limit: 1 })).total;
}

/** Makes a contact with one value of a multi-select and one with two, and says which is found. */
async function chosen(
	{ server, trial }: Asked,
	wanted: (values: string[]) => string,
	operator?: string,
): Promise<{ one: boolean; both: boolean }> {
	const { name, values } = await choicesOf(server);
	const last_name = trial.name();
	const one = await trial.create('Contact', { last_name, [name]: values[0] });
	const both = await trial.create('Contact', { last_name, [name]: values.join('^,^') });
	const filters = {
		...filtered('last_name', last_name),
		...filtered(name, wanted(values), operator),
	};
	const { ids } = await page(server, 'Contact', filters);
	return { one: ids.includes(one), both: ids.includes(both) };
}

/** How lists are filtered. */
export const filterFacts: Fact[] = [
	{
		name: 'Unknown filter',
		question: 'What does a filter that does not exist do?',
		expectation: 'nothing: every record is listed',
		consequence: 'None: the node refuses an unknown filter before a request',
		async ask({ server }) {
			const all = await contacts(server, {});
			const found = await contacts(server, { 'filters[no_such_filter]': 'x' });
			return all === found ? 'nothing: every record is listed' : 'it filters';
		},
	},
	{
		name: 'Unknown operator',
		question: 'What does a filter find that nothing meets, if its operator does not exist?',
		expectation: 'every record',
		consequence: 'None: the node refuses an operator that 1CRM does not have for the filter',
		async ask({ server }) {
			const all = await contacts(server, {});
			if (all === 0) throw new NotAskable('there are no contacts');
			const found = await contacts(server, filtered('last_name', NOBODY, 'no_such_operator'));
			return found === all ? 'every record' : found === 0 ? 'no record' : 'some records';
		},
	},
	{
		name: 'Operators of texts',
		question: 'Which operators that texts have in the lists of 1CRM are passed over?',
		expectation: 'none',
		consequence:
			'None: the node checks the records, and fails if the server did not apply the operator',
		async ask({ server }) {
			const all = await contacts(server, {});
			if (all === 0) throw new NotAskable('there are no contacts');
			const passedOver: string[] = [];
			for (const operator of ['like', 'eq', 'prefix', 'suffix']) {
				const found = await contacts(server, filtered('last_name', NOBODY, operator));
				if (found === all) passedOver.push(operator);
			}
			return passedOver.length === 0 ? 'none' : `passed over: ${passedOver.join(', ')}`;
		},
	},
	{
		name: 'Closed records',
		question: 'Does a list of quotes leave the closed ones out?',
		expectation: 'left out',
		consequence: "The option 'Include Closed' would change nothing",
		async ask({ server }) {
			const open = await page(server, 'Quote', { limit: 1 });
			const all = await page(server, 'Quote', { 'filters[view_closed]': 1, limit: 1 });
			if (all.total === 0) throw new NotAskable('there are no quotes');
			return open.total < all.total ? 'left out' : 'listed, or there are none';
		},
	},
	{
		name: 'Equal text',
		question: 'Does the operator eq find a text that only begins with the value?',
		expectation: 'the same text alone',
		consequence:
			"Record > Search would fail with 'Equals' instead of returning them; Create or Update compares again",
		writes: true,
		async ask({ server, trial }) {
			const name = trial.name();
			await trial.create('Contact', { last_name: name });
			await trial.create('Contact', { last_name: `${name} and more` });
			const found = await contacts(server, filtered('last_name', name));
			return ['nothing', 'the same text alone'][found] ?? 'longer texts, too';
		},
	},
	{
		name: 'Part of a text',
		question: 'Does the operator like find a part within a text?',
		expectation: 'found',
		consequence: "'Contains' would find a part only if it is written between % signs",
		writes: true,
		async ask({ server, trial }) {
			const name = trial.name();
			await trial.create('Contact', { last_name: `${name} and more` });
			const part = name.slice(name.lastIndexOf(' ') + 1);
			return (await contacts(server, filtered('last_name', part, 'like'))) ? 'found' : 'not found';
		},
	},
	{
		name: 'Value of a multi-select',
		question: 'Does eq find a multi-select that has the value among others?',
		expectation: 'with that value alone',
		consequence: "Better than expected: 'Equals' finds records that have other values, too",
		writes: true,
		async ask(asked) {
			const { one, both } = await chosen(asked, ([first]) => first);
			if (!one) return both ? 'in another way' : 'not found';
			return both ? 'among others, too' : 'with that value alone';
		},
	},
	{
		name: 'Several values of a filter',
		question: 'What does eq find in a multi-select by two values, joined by ^,^?',
		expectation: 'with both values alone',
		consequence: 'A condition with several values would find other records, or none',
		writes: true,
		async ask(asked) {
			const { one, both } = await chosen(asked, (values) => values.join('^,^'));
			if (!both) return 'not found';
			return one ? 'with either of them' : 'with both values alone';
		},
	},
	{
		name: 'Any of several values',
		question: 'What does any_of find in a multi-select by two values, joined by ^,^?',
		expectation: 'with one of them, too',
		consequence: "'Is Any Of' with several values would find too few records, or none",
		writes: true,
		async ask(asked) {
			// The other way round than they are stored: neither the whole text nor its first value finds both records.
			const reversed = (values: string[]) => [...values].reverse().join('^,^');
			const { one, both } = await chosen(asked, reversed, 'any_of');
			if (!one) return both ? 'with the first of them alone' : 'not found';
			return both ? 'with one of them, too' : 'in another way';
		},
	},
	{
		name: 'Date-time filter',
		question: 'In which zone are the moments of a filter between two date-times?',
		expectation: 'UTC',
		consequence:
			"'Is Between (Dates)' would be off by the difference of the zones, or find nothing",
		writes: true,
		async ask({ server, trial }) {
			const { model, name } = await placeOf(server, ['Task', 'Call'], 'filters', 'datetime');
			const subject = trial.name();
			const id = await trial.create(model, { name: subject, [name]: '2001-02-03 12:34:56' });
			const { ids } = await page(server, model, {
				...filtered(name, '2001-02-03 12:34:00', 'between_dates'),
				[`filters[${name}-end]`]: '2001-02-03 12:35:00',
				limit: 200,
			});
			return ids.includes(id) ? 'UTC' : 'another, or they are not understood';
		},
	},
];
