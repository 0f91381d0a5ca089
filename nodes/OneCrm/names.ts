import { parseJson } from './transport/answer';

/** Names given as an array, as the text of one (as an AI agent may write it), or with commas between them. */
export function readNames(value: unknown): string[] {
	const written = typeof value === 'string' ? parseJson(value) : value;
	const names = Array.isArray(written) ? written : String(value ?? '').split(',');
	return names.map((name) => String(name).trim()).filter((name) => name !== '');
}
