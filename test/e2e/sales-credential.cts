import type { SavedCredential } from '../support/n8n/definitions.cts';
import { saveCredential } from '../support/n8n/saved-credential.cts';
import type { Stage } from '../support/n8n/stage.cts';

/** A credential of the user `sales`, while the tests change records as the administrator. */
export async function salesCredential({
	client,
	sandbox,
}: Pick<Stage, 'client' | 'sandbox'>): Promise<SavedCredential> {
	const { url: domain, password } = sandbox;
	return await saveCredential(client, {
		name: 'The user of n8n',
		type: 'oneCrmApi',
		data: { domain, username: 'sales', password, authentication: 'basic' },
	});
}
