/**
 * The text of a parameter. An expression may give an object: a date stands in it as ISO 8601, anything else as JSON.
 */
export function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	const json = JSON.stringify(value);
	const plain: unknown = JSON.parse(json);
	return typeof plain === 'string' ? plain : json;
}
