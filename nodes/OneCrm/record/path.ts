import { apiPath } from '../transport/address';

/** The path of a module's records. */
export function recordsPath(module: string): string {
	return apiPath(['data', module]);
}

/** The path of one record. */
export function recordPath(module: string, id: string): string {
	return apiPath(['data', module, id]);
}
