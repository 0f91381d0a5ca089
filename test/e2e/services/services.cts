import type { N8nClient } from '../../support/n8n/client.cts';
import type { SavedCredential } from '../../support/n8n/definitions.cts';
import { saveCredential } from '../../support/n8n/saved-credential.cts';
import { type MailServer, startMailServer } from './mail-server.cts';
import { type ModelServer, startModelServer } from './model-server.cts';

/** What the examples need beside n8n and 1CRM, on loopback. */
export interface Services {
	mail: MailServer;
	model: ModelServer;
	/** One credential in n8n for each. */
	credentials: SavedCredential[];
	stop(): Promise<void>;
}

/** Starts the services and saves their credentials in n8n, over those that an earlier start left. */
export async function startServices(client: N8nClient): Promise<Services> {
	const mail = await startMailServer();
	const model = await startModelServer();
	const stop = async () => {
		await Promise.all([mail.stop(), model.stop()]);
	};
	try {
		const credentials = [
			await saveCredential(client, mail.credential),
			await saveCredential(client, model.credential),
		];
		return { mail, model, credentials, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
