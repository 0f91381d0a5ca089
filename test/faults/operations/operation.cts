import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { FaultTarget, Sandbox } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';

/** An operation of the action node with one of its requests, which faults strike. */
export interface FaultedOperation {
	resource: string;
	operation: string;
	/** Which request the fault hits, if there are several: `looking up`. */
	step?: string;
	/** What the request does that the fault hits. Whether it may be sent again depends on that. */
	effect: 'reads' | 'changes' | 'creates';
	struck: FaultTarget;
	/** Whether something was done before it already, which then stays done. */
	isLater?: boolean;
	/** Whether it is a request of the log-in, which has its own time limit. */
	isLogin?: boolean;
	authentication?: 'oauth2';
	/** Whether the operation returns an answer unchanged, even one that reports errors. */
	isRaw?: boolean;
	/** The input, of one empty item by default. */
	items?: INodeExecutionData[];
	/** Fills an empty sandbox and returns the parameters beside resource and operation. */
	prepare(sandbox: Sandbox): INodeParameters | Promise<INodeParameters>;
}

/** The id of the contact that most operations need. */
export const CONTACT = 'contact-1';

/** Puts a contact into the sandbox, and returns its id. */
export function insertContact(
	sandbox: Sandbox,
	id = CONTACT,
	values: Record<string, string> = {},
): string {
	return sandbox.insert('Contact', {
		...values,
		id,
		last_name: 'Aalto',
		email1: `${id}@example.com`,
	});
}

/** The id of the account of `insertLinkedContacts`. */
export const ACCOUNT = 'account-1';

/** Links two contacts to an account, and returns their ids. */
export async function insertLinkedContacts(sandbox: Sandbox): Promise<string[]> {
	const id = sandbox.insert('Account', { id: ACCOUNT, name: 'Berg' });
	const records = [insertContact(sandbox), insertContact(sandbox, 'contact-2')];
	await clientOf(sandbox).post(`/data/Account/${id}/contacts`, { records });
	return records;
}

export const contact: INodeParameters = { module: 'Contact', recordId: CONTACT };

/** The parameter of the mapper with these values. */
export const fieldValues = (
	value: INodeParameters,
	matchingColumns: string[] = [],
): INodeParameters => ({ fields: { mappingMode: 'defineBelow', value, matchingColumns } });
