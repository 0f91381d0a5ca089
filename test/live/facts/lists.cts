import { type Fact, NotAskable } from '../fact.cts';
import { isMap, type Server } from '../server.cts';
import { page } from '../page.cts';

const LONG = 200;
const MODELS = ['Contact', 'Account', 'Lead', 'Call', 'Meeting', 'Note', 'Task', 'Email'];

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

/** When the records were changed that a list has first which is to have the newest first. */
async function changeTimes(server: Server, model: string): Promise<string[]> {
	const query = { order: 'date_modified DESC', 'fields[0]': 'date_modified', limit: LONG };
	const { records } = await server.read({ path: `data/${model}`, query });
	const rows = Array.isArray(records) ? records.filter(isMap) : [];
	return rows.map(({ date_modified: time }) => String(time ?? ''));
}

/** How records are listed and sorted. */
export const listFacts: Fact[] = [
	{
		name: 'Number of matches',
		question: 'Which property of a list contains the number of records?',
		expectation: 'total_results',
		consequence:
			'The nodes also read total_count. Without both, they fetch one page after the other',
		async ask({ server }) {
			const answer = await server.read({ path: 'data/Contact', query: { limit: 1 } });
			return Object.keys(answer).find((name) => name.startsWith('total')) ?? 'none';
		},
	},
	{
		name: 'Page without a limit',
		question: 'How many rows does a page have if the request has no limit?',
		expectation: '20 rows',
		consequence: 'None: the nodes always send a limit',
		ask: async ({ server }) => await rowsFor(server),
	},
	{
		name: 'Page of 200',
		question: 'How many rows does a page have if the limit is 200?',
		expectation: '200 rows',
		consequence: 'The nodes send more requests, because they adapt to the size of the pages',
		ask: async ({ server }) => await rowsFor(server, LONG),
	},
	{
		name: 'Limit above 200',
		question: 'How many rows does a page have if the limit is 201?',
		expectation: '200 rows',
		consequence: 'None: the nodes never ask for more than 200',
		ask: async ({ server }) => await rowsFor(server, LONG + 1),
	},
	{
		name: 'Pages without an order',
		question: 'Do two pages of an unsorted list contain each record once?',
		expectation: 'each once',
		consequence: "'Return All' could miss records unless 'Sort Field' is set",
		async ask({ server }) {
			const model = await longModel(server);
			const first = await page(server, model, { limit: LONG / 2 });
			const second = await page(server, model, { limit: LONG / 2, offset: first.rows });
			return second.ids.some((id) => first.ids.includes(id)) ? 'some twice' : 'each once';
		},
	},
	{
		name: 'Unknown field',
		question:
			'What does a list give that is asked for a field that does not exist, beside one that does?',
		expectation: 'rows without it',
		consequence: 'None: the node asks again without fields that metadata do not list',
		async ask({ server }) {
			const all = await page(server, 'Contact', { limit: 1 });
			if (all.rows === 0) throw new NotAskable('there are no contacts');
			const fields = { 'fields[0]': 'last_name', 'fields[1]': 'no_such_field' };
			const { rows } = await page(server, 'Contact', { ...fields, limit: 1 });
			return rows === 0 ? 'no rows' : 'rows without it';
		},
	},
	{
		name: 'Unknown order',
		question: 'What happens if a list is sorted by an unknown field?',
		expectation: 'served',
		consequence: "Only an expression can cause this, because the list offers the module's fields",
		async ask({ server }) {
			await page(server, 'Contact', { order: 'no_such_field', limit: 1 });
			return 'served';
		},
	},
	{
		name: 'Sorting by a reference',
		question: 'What happens if a list is sorted by a field without its own column?',
		expectation: 'served',
		consequence: "None: the nodes don't offer such fields",
		async ask({ server }) {
			await page(server, 'Contact', { order: 'primary_account', limit: 1 });
			return 'served';
		},
	},
	{
		name: 'Newest first',
		question: 'Does a list sorted by date_modified DESC begin with the newest record?',
		expectation: 'newest first',
		consequence: "'Modified After' would fail with a message about the order",
		async ask({ server }) {
			for (const model of MODELS) {
				const times = await changeTimes(server, model).catch(() => []);
				if (new Set(times).size < 2) continue;
				const isSorted = times.every((time, index) => index === 0 || time <= times[index - 1]);
				return isSorted ? 'newest first' : 'in another order';
			}
			throw new NotAskable('no module has records that were changed at different times');
		},
	},
	{
		name: 'Unknown link',
		question: 'Which status does a request for an unknown link return?',
		expectation: '404',
		consequence: 'The nodes would not show the hint about the names of links',
		async ask({ server }) {
			const { records } = await server.read({ path: 'data/Account', query: { limit: 1 } });
			const [account] = Array.isArray(records) ? records.filter(isMap) : [];
			if (!account) throw new NotAskable('there are no accounts');
			return String((await server.ask({ path: `data/Account/${account.id}/no_such_link` })).status);
		},
	},
];
