import { badRequest } from './errors.cts';
import { type PhpQuery, wholeOf } from './php-query.cts';
import type { Variants } from './variants.cts';

const DEFAULT_LIMIT = 20;
const MOST = 200;

/** The rows of the page that a query asks for. Throws if it asks for more than this kind of server serves. */
export function pageOf<Row>(rows: readonly Row[], query: PhpQuery, variants: Variants): Row[] {
	const offset = wholeOf(query.offset, 0, 0);
	const limit = wholeOf(query.limit, 1, DEFAULT_LIMIT);
	if (limit > MOST && variants.limitAboveMax === 'reject') {
		throw badRequest(`The limit must not be greater than ${MOST}`);
	}
	return rows.slice(offset, offset + Math.min(limit, MOST, variants.maxPageSize));
}
