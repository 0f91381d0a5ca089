import type { IDataObject } from 'n8n-workflow';

import type { CrmClient } from './client';

/**
 * The user of the credential. `/me` returns the id as `Users:<id>`; `recordId` is the part that `assigned_user_id` takes.
 * Throws a `CrmError` for an answer without one.
 */
export async function fetchMe(crm: CrmClient): Promise<IDataObject> {
	const user = await crm.http.json({ method: 'GET', path: 'me' });
	if (!user.id) throw crm.http.error({ message: '1CRM answered without a user' });
	return { ...user, recordId: String(user.id).replace(/^[^:]*:/, '') };
}
