import { isMap, type Question, type Server } from './server.cts';

/** A page of a list: how many rows it has, how many records the list has, and the ids of the rows. */
interface Page {
	rows: number;
	total: number;
	ids: string[];
}

/** Reads one page of a list. Throws `Refused` if 1CRM doesn't return it. */
export async function page(server: Server, model: string, query: Question['query']): Promise<Page> {
	const answer = await server.read({ path: `data/${model}`, query });
	// PHP may write a list as a map.
	const records = Object.values(Object(answer.records) as object).filter(isMap);
	const rows = records.length;
	const total = Number(answer.total_results ?? answer.total_count ?? rows);
	return { rows, total, ids: records.map(({ id }) => String(id)) };
}

/** The query of a filter with an operator, as the node sends it. */
export function filtered(
	name: string,
	value: string | number,
	operator = 'eq',
): Record<string, string | number> {
	return { [`filters[${name}]`]: value, [`filters[${name}-operator]`]: operator };
}
