import type { INodeCredentials } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';

/** What the contestants log in to the sandbox with. */
export interface BenchCredentials {
	oneCrm: INodeCredentials;
	basic: INodeCredentials;
	/** Of the sandbox. */
	url: string;
}

/** Saves what the HTTP Request node needs besides the existing credential. */
export async function benchCredentials({
	client,
	credential,
	sandbox,
}: Stage): Promise<BenchCredentials> {
	const { username: user, password, url } = sandbox;
	const basic = await client.createCredential({
		name: 'Basic',
		type: 'httpBasicAuth',
		data: { user, password },
	});
	return {
		oneCrm: { [credential.type]: { id: credential.id, name: credential.name } },
		basic: { httpBasicAuth: { id: basic.id, name: basic.name } },
		url,
	};
}
