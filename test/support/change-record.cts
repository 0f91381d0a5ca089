import type { INode } from 'n8n-workflow';

import type { Sandbox } from '../sandbox/sandbox.cts';
import { recordsClient } from './client.cts';

/** Makes the change in 1CRM that a 1CRM Trigger waits for, as another client of 1CRM would. */
export async function changeRecord(
	sandbox: Sandbox,
	trigger: INode,
	values: object = newRecord(sandbox),
): Promise<void> {
	const { event, module } = trigger.parameters;
	const model = typeof module === 'object' && module && 'value' in module ? module.value : module;
	const http = recordsClient(sandbox, String(model));
	const { data } = await http.post<{ id: string }>('', { data: values });
	if (event === 'updated') await http.patch(`/${data.id}`, { data: values });
}

/** Contains the required fields of every module. A module uses its own fields and ignores the rest. */
function newRecord(sandbox: Sandbox): object {
	const [contact] = sandbox.records('Contact');
	return {
		name: 'Made by another client of 1CRM',
		first_name: 'Another',
		last_name: 'Client',
		email1: 'another.client@company.example',
		priority: 'P0',
		billing_account_id: contact?.primary_account_id,
		billing_contact_id: contact?.id,
		due_date: new Date().toISOString().slice(0, 10),
	};
}
