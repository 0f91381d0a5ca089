import { UserError } from 'n8n-workflow';

import { FILE_MODULES } from '../../crm/file/info';
import type { RecordKey } from '../../crm/record';
import type { Item } from '../../item/item';

/** The record whose file is asked for. Throws a `UserError` for a module whose files 1CRM doesn't return. */
export function readFileOwner(item: Item): RecordKey {
	const { module, id } = item.record();
	if (FILE_MODULES.some((name) => name === module)) return { module, id };
	throw new UserError(
		`'Module' cannot be "${module}": 1CRM only returns files of Note, Document and DocumentRevision`,
	);
}
