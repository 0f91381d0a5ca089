import type { IDataObject } from 'n8n-workflow';

/** Web servers take 8,190 characters for the first line of a request by default; the address begins with its path. */
const LONGEST_QUERY = 6000;

/**
 * A query in PHP's form, `fields[]=name&filters[type]=Supplier`. Brackets are not encoded: PHP does not need that, and
 * it would make three characters of one. Undefined entries are left out.
 */
export function phpQuery(query: IDataObject): string {
	return pairs(query)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
}

function pairs(map: IDataObject, prefix?: string): Array<[string, string]> {
	return Object.entries(map).flatMap(([key, value]): Array<[string, string]> => {
		const own = Array.isArray(map) ? '' : encodeURIComponent(key);
		const name = prefix === undefined ? own : `${prefix}[${own}]`;
		if (value === undefined) return [];
		if (typeof value === 'object' && value !== null) return pairs(value as IDataObject, name);
		return [[name, String(value ?? '')]];
	});
}

/**
 * The same query in as many parts as its address needs. Each asks for the id and some of the `fields`. A query that is
 * short enough is the only part.
 */
export function splitFields(query: IDataObject): IDataObject[] {
	const { fields, ...rest } = query;
	if (!Array.isArray(fields) || phpQuery(query).length <= LONGEST_QUERY) return [query];
	const room = Math.max(LONGEST_QUERY / 2, LONGEST_QUERY - phpQuery(rest).length);
	const parts: string[][] = [];
	let length = Infinity;
	for (const field of fields.map(String)) {
		const own = `&${phpQuery({ fields: [field] })}`.length;
		if (length + own > room) {
			parts.push(['id']);
			length = 0;
		}
		if (field !== 'id') parts.at(-1)?.push(field);
		length += own;
	}
	return parts.map((part) => ({ ...rest, fields: part }));
}
