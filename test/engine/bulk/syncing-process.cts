import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/engine/engine.cts';
import { itemsOf, upsertingInput } from '../upserting.cts';

/** What a process is asked to write. */
export interface Sync {
	credential: ICredentialDataDecryptedObject;
	/** The columns that records are recognised by. */
	columns: string[];
	feed: IDataObject[];
}

/** What it answers: that the engine runs, and then what became of the items. */
export type SyncAnswer = 'begun' | { failures: string[] };

/** A process of n8n of its own: upserts a feed when told to, and may be killed at any moment. */
process.on('message', (sync: Sync) => void run(sync));

async function run({ credential, columns, feed }: Sync): Promise<void> {
	const engine = await Engine.start(credential);
	process.send?.('begun' satisfies SyncAnswer);
	const { items } = await engine.run(upsertingInput(columns), {
		items: itemsOf(feed),
		continueOnFail: true,
	});
	const failures = items.flatMap(({ json }) => (json.error ? [String(json.error)] : []));
	process.send?.({ failures } satisfies SyncAnswer);
}
