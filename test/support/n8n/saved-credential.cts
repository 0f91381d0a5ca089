import type { N8nClient } from './client.cts';
import type { CredentialDefinition, SavedCredential } from './definitions.cts';

/** Saves a credential in n8n, over one of the same name and type that is there already. */
export async function saveCredential(
	client: N8nClient,
	definition: CredentialDefinition,
): Promise<SavedCredential> {
	const { name, type } = definition;
	const saved = (await client.credentials()).find(
		(credential) => credential.name === name && credential.type === type,
	);
	if (!saved) return await client.createCredential(definition);
	await client.updateCredential(saved.id, definition);
	return { id: saved.id, name, type };
}
