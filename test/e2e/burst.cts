import type { Sandbox } from '../sandbox/sandbox.cts';
import { recordsClient } from '../support/client.cts';

/** How many changes are under way at the same time, as of an import with several processes. */
const AT_ONCE = 8;

/** Creates records in 1CRM as fast as 1CRM accepts them, and returns their last names by their ids. */
export async function createContacts(
	sandbox: Sandbox,
	count: number,
): Promise<Map<string, string>> {
	const http = recordsClient(sandbox, 'Contact');
	const created = new Map<string, string>();
	let next = 0;
	const createNext = async (): Promise<void> => {
		while (next < count) {
			const name = `Number ${next++}`;
			const { data } = await http.post<{ id: string }>('', { data: { last_name: name } });
			created.set(data.id, name);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, createNext));
	return created;
}

/** A change of a contact as the item of its event has to say it. */
export interface ContactChange {
	recordId: string;
	changes: Array<{ field: string; before: string | null; after: string }>;
}

/**
 * Changes contacts as fast as 1CRM takes it, several of them at once and each many times, in one field after another.
 * Returns the changes.
 */
export async function changeContacts(
	sandbox: Sandbox,
	contactIds: string[],
	changesOfEach: number,
): Promise<ContactChange[]> {
	const http = recordsClient(sandbox, 'Contact');
	const done: ContactChange[] = [];
	const waiting = [...contactIds];
	const changeNext = async (): Promise<void> => {
		for (let recordId = waiting.shift(); recordId; recordId = waiting.shift()) {
			const values = new Map<string, string>();
			for (let number = 0; number < changesOfEach; number++) {
				const field = number % 2 === 0 ? 'title' : 'department';
				const [before, after] = [values.get(field) ?? null, `${field} ${number} of ${recordId}`];
				await http.patch(`/${recordId}`, { data: { [field]: after } });
				values.set(field, after);
				done.push({ recordId, changes: [{ field, before, after }] });
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, changeNext));
	return done;
}
