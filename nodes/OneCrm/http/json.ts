import type { GenericValue, IDataObject } from 'n8n-workflow';

/** JSON as 1CRM writes it. */
export type JsonValue = GenericValue | IDataObject | GenericValue[] | IDataObject[];

/**
 * Reads the text of an answer as JSON.
 *
 * A byte order mark and white space around the text are dropped: 1CRM's bodies sometimes include
 * them. Returns `undefined` for an empty text, a web page, or any other text that is not JSON.
 */
export function parseJson(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text.trim()) as JsonValue;
	} catch {
		return undefined;
	}
}

/** Whether a value is a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A map from 1CRM's answer. PHP writes an empty map as `[]`, so anything that isn't a map counts as an empty one.
 */
export function asMap(value: unknown): IDataObject {
	return isJsonObject(value) ? value : {};
}
