import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import type { ModuleMetadata } from '../crm/metadata';

/** The module chosen in the node whose editor asks for a list. Empty until one is chosen. */
export function chosenModule(context: ILoadOptionsFunctions): string {
	return String(context.getNodeParameter('module', '', { extractValue: true }) ?? '').trim();
}

/** Its fields and filters, or `undefined` until a module is chosen: the editor asks for its lists before that, too. */
export async function chosenMetadata(
	context: ILoadOptionsFunctions,
): Promise<ModuleMetadata | undefined> {
	const module = chosenModule(context);
	return module === '' ? undefined : await CrmClient.of(context).metadata(module);
}
