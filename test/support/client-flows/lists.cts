import type { Sandbox } from '../../sandbox/sandbox.cts';
import { type Flow, withEither } from './flow.cts';

const PEOPLE = [
	['Kristina', 'Abramowitz', 'San Jose'],
	['Garret', 'Alejo', 'Cupertino'],
	['Emma', 'Alley', 'San Jose'],
	['Dario', 'Yan', 'Oakland'],
	['Arron', 'Ybanez', 'Oakland'],
] as const;

function insertPeople(sandbox: Sandbox, model: string): string[] {
	return PEOPLE.map(([first_name, last_name, primary_address_city]) =>
		sandbox.insert(model, { first_name, last_name, primary_address_city }),
	);
}

/** A row of a list of persons, by name. */
const person = (id: string, index: number) => {
	const [first_name, last_name] = PEOPLE[index];
	const name = `${first_name} ${last_name}`;
	return { name, first_name, id, last_name, salutation: null, _display: name };
};

/** Lists. */
export const lists: Flow[] = [
	withEither({
		source: 'data/list',
		shows: 'List contacts page by page',
		standsFor: 'Record > Search',
		async run({ client, sandbox }) {
			const ids = insertPeople(sandbox, 'Contact');
			const first = await client.list('Contact', {}, 0, 2);
			expect(first).toEqual({
				records: [person(ids[0], 0), person(ids[1], 1)],
				total_results: 5,
			});
			const second = await client.list('Contact', {}, 2, 2);
			expect(second.records).toHaveLength(2);
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Search for a text',
		standsFor: "Record > Search, 'Search Text'",
		async run({ client, sandbox }) {
			const ids = insertPeople(sandbox, 'Contact');
			const found = await client.list('Contact', { filter_text: 'Garret' }, 0, 2);
			expect(found).toEqual({ records: [person(ids[1], 1)], total_results: 1 });
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Filter by a city',
		standsFor: "Record > Search, 'Filters'",
		async run({ client, sandbox }) {
			insertPeople(sandbox, 'Contact');
			const found = await client.list('Contact', { filters: { address_city: 'San Jose' } }, 0, 2);
			expect(found.total_results).toBe(2);
			expect(found.records.map((row) => row.last_name)).toEqual(['Abramowitz', 'Alley']);
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Filter by favorites',
		standsFor: "Record > Search, 'Filters'",
		async run({ client, sandbox }) {
			const [id] = insertPeople(sandbox, 'Contact');
			sandbox.markFavorite(id);
			const found = await client.list('Contact', { filters: { filter_favorites: true } }, 0, 2);
			expect(found).toEqual({ records: [{ ...person(id, 0), favorite: '0' }], total_results: 1 });
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Sort by the last name, downwards',
		standsFor: "Record > Search, 'Sort Field Name or ID'",
		async run({ client, sandbox }) {
			insertPeople(sandbox, 'Contact');
			const { records } = await client.list('Contact', { order: 'last_name DESC' }, 0, 2);
			expect(records.map((row) => row.last_name)).toEqual(['Ybanez', 'Yan']);
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Choose the fields',
		standsFor: "Record > Search, 'Return Field Names or IDs'",
		async run({ client, sandbox }) {
			const ids = insertPeople(sandbox, 'Contact');
			const fields = ['first_name', 'last_name', 'primary_address_city'];
			const { records } = await client.list('Contact', { fields }, 0, 2);
			expect(records[0]).toEqual({ ...person(ids[0], 0), primary_address_city: 'San Jose' });
		},
	}),
	withEither({
		source: 'data/list',
		shows: 'Ask which records are favorites',
		standsFor: 'API > Call',
		async run({ client, sandbox }) {
			const [first, second] = insertPeople(sandbox, 'Contact');
			sandbox.markFavorite(first);
			const { records } = await client.list('Contact', { query_favorite: true }, 0, 2);
			expect(records).toEqual([
				{ ...person(first, 0), favorite: '0' },
				{ ...person(second, 1), favorite: null },
			]);
		},
	}),
	withEither({
		source: 'list-result',
		shows: 'Read all records of a list, 50 at a time',
		standsFor: "'Return All'",
		async run({ client, sandbox }) {
			for (let number = 0; number < 203; number++) {
				sandbox.insert('Contact', { last_name: `Contact ${number}` });
			}
			const { total_results: total } = await client.list('Contact', {}, 0, 5);
			expect(total).toBe(203);
			const ids = new Set<string | null>();
			for (let offset = 0; offset < total; offset += 50) {
				const { records } = await client.list('Contact', { order: 'last_name' }, offset, 50);
				for (const { id } of records) ids.add(id);
			}
			expect(ids.size).toBe(203);
		},
	}),
	withEither({
		source: 'examples/get-leads',
		shows: 'List leads with some fields',
		standsFor: 'Record > Search',
		async run({ client, sandbox }) {
			const ids = insertPeople(sandbox, 'Lead');
			const fields = ['first_name', 'last_name', 'email1'];
			const { records, total_results } = await client.list('Lead', { fields }, 0, 3);
			expect([records.length, total_results]).toEqual([3, 5]);
			expect(records[0]).toEqual({ ...person(ids[0], 0), email1: null });
		},
	}),
	...(['last_name', 'last_name desc'] as const).map((order) =>
		withEither({
			source: 'examples/sort-leads',
			shows: `Sort leads by \`${order}\``,
			standsFor: "Record > Search, 'Sort Field Name or ID'",
			async run({ client, sandbox }) {
				insertPeople(sandbox, 'Lead');
				const fields = ['first_name', 'last_name'];
				const { records } = await client.list('Lead', { fields, order }, 0, 3);
				const names = records.map((row) => row.last_name);
				const upwards = ['Abramowitz', 'Alejo', 'Alley'];
				expect(names).toEqual(order === 'last_name' ? upwards : ['Ybanez', 'Yan', 'Alley']);
			},
		}),
	),
	withEither({
		source: 'examples/filter-contacts',
		shows: 'Filter contacts by a first name, which also finds longer ones',
		standsFor: 'Record > Search, Record > Create or Update: both compare again',
		async run({ client, sandbox }) {
			for (const first_name of ['Johnathan', 'John', 'John', 'Jon']) {
				sandbox.insert('Contact', { first_name, last_name: 'Smith' });
			}
			const options = { fields: ['first_name', 'last_name'], filters: { first_name: 'John' } };
			const { records, total_results } = await client.list('Contact', options, 0, 3);
			expect(total_results).toBe(3);
			expect(records.map((row) => row.first_name).sort()).toEqual(['John', 'John', 'Johnathan']);
		},
	}),
];
