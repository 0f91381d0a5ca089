import { setTimeout as sleep } from 'node:timers/promises';

import type { Sandbox } from '../../sandbox/sandbox.cts';
import { recordsClient } from '../../support/client.cts';
import { poll } from '../../support/n8n/poll.cts';

const AT_ONCE = 10;
// More than n8n keeps up with only pile up in it, until it answers 503.
const MOST_UNDER_WAY = 50;
const WAIT_LIMIT = 5 * 60_000;
/** In milliseconds, between changes. */
const PAUSE = 20;

/** Creates and changes accounts, one after the other, until `isOver`, and returns the last name of each. */
export async function changeAccounts(
	sandbox: Sandbox,
	isOver: () => boolean,
): Promise<Map<string, string>> {
	const http = recordsClient(sandbox, 'Account');
	const names = new Map<string, string>();
	for (let number = 0; !isOver(); number++) {
		const data = { name: `State ${number}` };
		const known = [...names.keys()];
		if (number % 3 === 0) {
			const answer = await http.post<{ id: string }>('', { data });
			names.set(answer.data.id, data.name);
		} else {
			const id = known[(number * 7) % known.length];
			await http.patch(`/${id}`, { data });
			names.set(id, data.name);
		}
		await sleep(PAUSE);
	}
	return names;
}

/**
 * Creates contacts as other users of 1CRM would, some at a time, and returns their IDs. `countDone` returns
 * how many of them n8n has processed. Never more than 50 are waiting for n8n.
 */
export async function createContacts(
	sandbox: Sandbox,
	count: number,
	countDone: (ids: string[]) => number,
): Promise<string[]> {
	const http = recordsClient(sandbox, 'Contact');
	const ids: string[] = [];
	while (ids.length < count) {
		const answers = await Promise.all(
			Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, async () => {
				return await http.post<{ id: string }>('', { data: { last_name: 'Event' } });
			}),
		);
		ids.push(...answers.map(({ data }) => data.id));
		await poll('n8n to keep up', WAIT_LIMIT, async () => {
			return ids.length - countDone(ids) <= MOST_UNDER_WAY || undefined;
		});
	}
	await sandbox.settle();
	return ids;
}
