import { apiPath } from '../transport/address';

/** The path of a module's records. */
export function recordsPath(module: string): string {
	return apiPath(['data', module]);
}

/** Where one record is, and what to call it when it is not there. */
export function recordTarget(module: string, id: string): { path: string; subject: string } {
	return { path: apiPath(['data', module, id]), subject: `${module} "${id}"` };
}
