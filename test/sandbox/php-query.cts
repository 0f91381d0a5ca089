import qs from 'qs';

export type PhpQuery = qs.ParsedQs;
type PhpValue = PhpQuery[string];

/** A query string as PHP reads it: `a[]=`, `a[0]=` and `a[k]=` are arrays, the last of two wins. */
export function parsePhpQuery(text: string): PhpQuery {
	return qs.parse(text, { duplicates: 'last', arrayLimit: 1000, depth: 10, parameterLimit: 5000 });
}

/** The value as one text, undefined for an array. */
export function textOf(value: PhpValue): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** The texts in a value: the members of an array or a map, or a list with a single text. */
export function textsOf(value: PhpValue): string[] {
	if (value === undefined) return [];
	if (typeof value === 'string') return [value];
	return Object.values(value).filter((member) => typeof member === 'string');
}

/** The value as a map. A text becomes an empty map. */
export function mapOf(value: PhpValue): PhpQuery {
	return typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** A whole number of at least `least`, or the fallback. */
export function wholeOf(value: PhpValue, least: number, fallback: number): number {
	const number = Number.parseInt(textOf(value) ?? '', 10);
	return number >= least ? number : fallback;
}
