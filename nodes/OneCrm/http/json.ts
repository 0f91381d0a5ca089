import type { GenericValue, IDataObject } from 'n8n-workflow';

/** JSON as 1CRM writes it, or `undefined` where the text is none. */
export type JsonValue = GenericValue | IDataObject | GenericValue[] | IDataObject[];

/**
 * Reads the text of an answer as JSON.
 *
 * A byte order mark and white space around the text are dropped: 1CRM's bodies sometimes include
 * them. Returns `undefined` for an empty text, a web page, or any other text that is not JSON.
 */
export function parseJson(text: string): JsonValue | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	try {
		return JSON.parse(trimmed) as JsonValue;
	} catch {
		return undefined;
	}
}

/** Whether a value is a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The map in a place where 1CRM has one. PHP writes an empty map as `[]`, so anything else is an
 * empty map.
 */
export function asMap(value: unknown): IDataObject {
	return isJsonObject(value) ? value : {};
}
