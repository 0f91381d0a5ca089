import { UserError } from 'n8n-workflow';

import type { CrmClient } from './client';
import { fetchModules } from './modules';
import type { RecordKey } from './record';
import type { FieldValues } from './recordValues';

/** What 1CRM calls modules in `parent_type`, as far as it is known: mostly the plural, but not always. */
const MODULE_NAMES: Readonly<Record<string, string>> = {
	aCase: 'Cases',
	Account: 'Accounts',
	Bug: 'Bugs',
	Contact: 'Contacts',
	Invoice: 'Invoice',
	Lead: 'Leads',
	Opportunity: 'Opportunities',
	Product: 'ProductCatalog',
	Project: 'Project',
	PurchaseOrder: 'PurchaseOrders',
	Quote: 'Quotes',
	SalesOrder: 'SalesOrders',
	Task: 'Tasks',
};

/**
 * The values of the fields that make a record belong to another one. 1CRM wants the other name of the module there,
 * which the API uses nowhere else: `Accounts`, not `Account`.
 *
 * Throws a `UserError` if 1CRM doesn't say what that name is.
 */
export async function parentValues(
	crm: CrmClient,
	{ module, id }: RecordKey,
): Promise<FieldValues> {
	return { parent_type: await moduleNameOf(crm, module), parent_id: id };
}

async function moduleNameOf(crm: CrmClient, module: string): Promise<string> {
	if (Object.hasOwn(MODULE_NAMES, module)) return MODULE_NAMES[module];
	const entry = (await fetchModules(crm)).find(({ name }) => name === module);
	if (typeof entry?.module === 'string' && entry.module !== '') return entry.module;
	throw new UserError(
		`Nothing can be added to a record of ${module}: 1CRM doesn't say what it calls this module there`,
	);
}
