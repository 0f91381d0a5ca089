import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { ACTIVITY_TYPES, activityModule } from '../crm/activity';
import { CrmClient } from '../crm/client';
import { withNotSet } from './notSet';

/** What 1CRM offers as the status of the chosen type of activity: each type, and each 1CRM, has its own. */
export async function getActivityStatuses(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const chosen = this.getCurrentNodeParameter('type');
	const type = ACTIVITY_TYPES.find((known) => known === chosen);
	if (type === undefined) return withNotSet([]);
	const { fields } = await CrmClient.of(this).metadata(activityModule(type));
	const options = fields.get('status')?.options ?? [];
	return withNotSet(options.map(({ label, value }) => ({ name: label, value })));
}
