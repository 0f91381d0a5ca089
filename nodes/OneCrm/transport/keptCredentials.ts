import type { ICredentialsDecrypted } from 'n8n-workflow';

import type { RequestContext } from './request';

/** Reading a credential costs n8n a database query and a decryption: once an execution is enough. */
const kept = new WeakMap<RequestContext, Promise<ICredentialsDecrypted>>();

/**
 * Does `work` with the credential of a node, read once for all requests of an execution.
 *
 * Each request gets a copy of its own, because n8n writes a renewed access token into what it is given:
 * only then does the log-in see which token it was that 1CRM refused. A renewed one serves all requests
 * that begin afterwards.
 */
export async function withCredentials<Result>(
	context: RequestContext,
	work: (credentials: ICredentialsDecrypted) => Promise<Result>,
): Promise<Result> {
	const reading = kept.get(context) ?? read(context);
	kept.set(context, reading);
	const shared = await reading;
	const token = shared.data?.accessToken;
	const own = { ...shared, data: { ...shared.data } };
	try {
		return await work(own);
	} finally {
		if (own.data.accessToken !== token) shared.data = own.data;
	}
}

async function read(context: RequestContext): Promise<ICredentialsDecrypted> {
	const type = 'oneCrmApi';
	const details = context.getNode().credentials?.[type];
	const data = await context.getCredentials(type);
	return { id: details?.id ?? '', name: details?.name ?? '', type, data };
}
