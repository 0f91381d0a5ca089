import { type Fact, NotAskable } from '../fact.cts';
import { type Question, Refused, type Server } from '../server.cts';

const LONG = 200;
const MODELS = ['Contact', 'Account', 'Lead', 'Call', 'Meeting', 'Note', 'Task', 'Email'];

interface Page {
	rows: number;
	total: number;
}

async function page(server: Server, model: string, query: Question['query']): Promise<Page> {
	const answer = await server.read({ path: `data/${model}`, query });
	const rows = Array.isArray(answer.records) ? answer.records.length : 0;
	return { rows, total: Number(answer.total_results ?? answer.total_count ?? rows) };
}

/** A module whose records fill more than one page. */
async function longModel(server: Server): Promise<string> {
	for (const model of MODELS) {
		const { total } = await page(server, model, { limit: 1 }).catch(() => ({ total: 0 }));
		if (total > LONG) return model;
	}
	throw new NotAskable(`no module has more than ${LONG} records`);
}

async function rowsFor(server: Server, limit?: number): Promise<string> {
	const query = limit === undefined ? undefined : { limit };
	return `${(await page(server, await longModel(server), query)).rows} rows`;
}

/** How records are listed, sorted and filtered. */
export const listFacts: Fact[] = [
	{
		name: 'Number of matches',
		question: 'Under which name does a list say how many records there are?',
		expectation: 'total_results',
		consequence: 'total_count is read too; without either, pages are fetched one after the other',
		async ask({ server }) {
			const answer = await server.read({ path: 'data/Contact', query: { limit: 1 } });
			return Object.keys(answer).find((name) => name.startsWith('total')) ?? 'none';
		},
	},
	{
		name: 'Page without a limit',
		question: 'How many rows has a page if none is asked for?',
		expectation: '20 rows',
		consequence: 'None: a limit is always sent',
		ask: async ({ server }) => await rowsFor(server),
	},
	{
		name: 'Page of 200',
		question: 'How many rows has a page of 200?',
		expectation: '200 rows',
		consequence: 'More requests: pages are fetched by what was received',
		ask: async ({ server }) => await rowsFor(server, LONG),
	},
	{
		name: 'Limit above 200',
		question: 'What does a limit of 201 give?',
		expectation: '200 rows',
		consequence: 'None: no more than 200 are asked for',
		ask: async ({ server }) => await rowsFor(server, LONG + 1),
	},
	{
		name: 'Unknown order',
		question: 'What does sorting by a field that does not exist give?',
		expectation: 'served',
		consequence:
			"The sort field comes from the module's fields, so that only an expression gets there",
		async ask({ server }) {
			await page(server, 'Contact', { order: 'no_such_field', limit: 1 });
			return 'served';
		},
	},
	{
		name: 'Unknown filter',
		question: 'What does a filter that does not exist do?',
		expectation: 'nothing: every record is listed',
		consequence: 'None: the node refuses an unknown filter before a request',
		async ask({ server }) {
			const all = await page(server, 'Contact', { limit: 1 });
			const filtered = await page(server, 'Contact', { 'filters[no_such_filter]': 'x', limit: 1 });
			return all.total === filtered.total ? 'nothing: every record is listed' : 'it filters';
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
		name: 'List of webhooks',
		question: 'Can the registered webhooks be listed?',
		expectation: 'listed',
		consequence: 'The trigger goes by what it registered itself',
		async ask({ server }) {
			const { status } = await server.ask({ path: 'webhooks' });
			if (status !== 200) throw new Refused(status);
			return 'listed';
		},
	},
];
