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

/** The times of change of the first records in a list that should be sorted newest first. */
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
		question: 'Do two pages of a list that is not sorted contain each record once?',
		expectation: 'some twice',
		consequence: 'None: a list of several pages is sorted by the ID',
		async ask({ server }) {
			const model = await longModel(server);
			const first = await page(server, model, { limit: LONG / 2 });
			const second = await page(server, model, { limit: LONG / 2, offset: first.rows });
			return second.ids.some((id) => first.ids.includes(id)) ? 'some twice' : 'each once';
		},
	},
	{
		name: 'Second page',
		question: 'Does a page begin where it is asked to?',
		expectation: 'other records',
		consequence: 'A list of several pages fails, and says how many records it has',
		async ask({ server }) {
			const query = { order: 'id', limit: 2 };
			const first = await page(server, 'Contact', query);
			const second = await page(server, 'Contact', { ...query, offset: 2 });
			if (first.rows < 2 || second.rows === 0) throw new NotAskable('there are too few contacts');
			return first.ids.join() === second.ids.join() ? 'the same records' : 'other records';
		},
	},
	{
		name: 'Total of a page',
		question: 'What is the total of a list of which a page is asked for?',
		expectation: 'more than the page has',
		consequence: 'None: a total that contradicts the records is not believed',
		async ask({ server }) {
			const answer = await server.read({ path: 'data/Contact', query: { limit: 2 } });
			const total = Number.parseInt(String(answer.total_results ?? answer.total_count ?? ''), 10);
			if (total > 2) return 'more than the page has';
			return total === 2 ? 'as many as the page has' : 'of no use';
		},
	},
	{
		name: 'Form of a list',
		question: 'Are the records of a list a list?',
		expectation: 'a list',
		consequence: 'None: a map of numbers is read too',
		async ask({ server }) {
			const { records } = await server.read({ path: 'data/Contact', query: { limit: 2 } });
			if (Array.isArray(records)) return 'a list';
			return isMap(records) ? 'a map' : 'something else';
		},
	},
	{
		name: 'Values in a list',
		question: 'Does a list return the same values as the record itself?',
		expectation: 'the same',
		consequence:
			'Create or Update sends values in another form each time, as without Skip Unchanged',
		async ask({ server }) {
			const names = ['last_name', 'do_not_call', 'birthdate', 'categories', 'date_entered'];
			const fields = Object.fromEntries(names.map((name, index) => [`fields[${index}]`, name]));
			const query = { ...fields, limit: 1 };
			const { records } = await server.read({ path: 'data/Contact', query });
			const [listed] = Object.values(Object(records) as object).filter(isMap);
			if (!listed) throw new NotAskable('there are no contacts');
			const path = `data/Contact/${String(listed.id)}`;
			const { record } = await server.read({ path, query: fields });
			const own = isMap(record) ? record : {};
			const others = names.filter((name) => listed[name] !== own[name]);
			return others.length === 0 ? 'the same' : `others for ${others.join(', ')}`;
		},
	},
	{
		name: 'Sorting by the ID',
		question: 'Can a list be sorted by the ID, which alone tells all records apart?',
		expectation: 'sorted',
		consequence: 'The nodes read such a list until no more records come; a hint says so',
		async ask({ server }) {
			const { ids } = await page(server, 'Contact', { order: 'id', limit: 20 });
			if (ids.length < 2) throw new NotAskable('there are too few contacts');
			const isSorted = ids.every((id, index) => index === 0 || id >= ids[index - 1]);
			return isSorted ? 'sorted' : 'in another order';
		},
	},
	{
		name: 'Long address',
		question: 'Is a request with an address of 9,000 characters answered?',
		expectation: 'refused with 414',
		consequence: 'None: addresses are kept below 8,000',
		async ask({ server }) {
			const query = { limit: 1, unused: 'x'.repeat(9000) };
			const { status } = await server.ask({ path: 'data/Contact', query });
			return status === 200 ? 'answered with 200' : `refused with ${status}`;
		},
	},
	{
		name: 'Unknown field',
		question: 'What does a list return if one of the wanted fields does not exist?',
		expectation: 'rows without it',
		consequence:
			'No rows: a list of chosen fields stays empty; a hint names the fields that 1CRM does not list',
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
		consequence: "'Modified After' and Get Changes would fail with a message about the order",
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
