import axios from 'axios';
import type { INode } from 'n8n-workflow';

import type { Sandbox } from '../sandbox/sandbox.cts';

// Has what 1CRM asks for in any of its modules: a module takes its own and leaves the rest.
const NEW_RECORD = {
	name: 'Made by another client of 1CRM',
	first_name: 'Another',
	last_name: 'Client',
};

/** Makes the change in 1CRM that a 1CRM Trigger waits for, as another client of 1CRM would. */
export async function changeRecord(
	sandbox: Sandbox,
	trigger: INode,
	values: object = NEW_RECORD,
): Promise<void> {
	const { event, module } = trigger.parameters;
	const model = typeof module === 'object' && module && 'value' in module ? module.value : module;
	const http = axios.create({
		baseURL: `${sandbox.url}/api.php/data/${String(model)}`,
		auth: { username: sandbox.username, password: sandbox.password },
		proxy: false,
	});
	const { data } = await http.post<{ id: string }>('', { data: values });
	if (event === 'updated') await http.patch(`/${data.id}`, { data: values });
}
