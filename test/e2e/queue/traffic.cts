import axios from 'axios';

import type { Sandbox } from '../../sandbox/sandbox.cts';

/** How many changes 1CRM sees before it has told n8n of the last ones. */
const AT_ONCE = 20;

/** Creates contacts as other users of 1CRM would, some at a time, and gives their IDs. */
export async function createContacts(sandbox: Sandbox, count: number): Promise<string[]> {
	const http = axios.create({
		baseURL: `${sandbox.url}/api.php/data/Contact`,
		auth: { username: sandbox.username, password: sandbox.password },
		proxy: false,
	});
	const ids: string[] = [];
	while (ids.length < count) {
		const answers = await Promise.all(
			Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, async () => {
				return await http.post<{ id: string }>('', { data: { last_name: 'Event' } });
			}),
		);
		ids.push(...answers.map(({ data }) => data.id));
		await sandbox.settle();
	}
	return ids;
}
