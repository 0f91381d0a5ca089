import { UserError } from 'n8n-workflow';

import { apiPath } from '../http/address';
import type { CrmClient } from './client';
import type { RecordKey } from './record';
import { recordTarget } from './record';

/**
 * Erases the values of these fields of a record. Nothing brings them back.
 *
 * Throws a `UserError` for an empty list and for a field that 1CRM doesn't mark as data about a person, before anything
 * is sent: what 1CRM does with either isn't documented. Throws a `CrmError` for a record that isn't there.
 */
export async function erasePersonalData(
	crm: CrmClient,
	key: RecordKey,
	names: string[],
): Promise<void> {
	if (names.length === 0) throw new UserError("'Fields to Erase' is empty. Choose at least one");
	const { fields } = await crm.metadata(key.module);
	const others = names.filter((name) => fields.get(name)?.personal !== true);
	if (others.length > 0) {
		throw new UserError(
			`${key.module} has no personal data in ${others.map((name) => `"${name}"`).join(', ')}. Choose from the list of 'Fields to Erase'`,
		);
	}
	await crm.http.json({
		method: 'PATCH',
		path: apiPath(['data', 'erase_personal', key.module, key.id]),
		subject: recordTarget(key).subject,
		body: { data: { fields: names.join(',') } },
	});
}
