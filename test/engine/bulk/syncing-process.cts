import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/engine/engine.cts';
import { itemsOf, upsertingInput } from '../upserting.cts';

/** What a process is asked to write. */
export interface Sync {
	credential: ICredentialDataDecryptedObject;
	/** How records are recognised and created. */
	recognition: Recognition;
	feed: IDataObject[];
}

export interface Recognition {
	/** The columns that records are recognised by. */
	columns: string[];
	/** Whether the option that creates a record once across runs is on. */
	createOnce?: boolean;
}

/** What it answers: that the engine runs, and then what became of the items. */
export type SyncAnswer = 'begun' | { failures: string[] };

/** A process of n8n of its own: upserts a feed when told to, and may be killed at any moment. */
process.on('message', (sync: Sync) => void run(sync));

async function run({ credential, recognition, feed }: Sync): Promise<void> {
	const { columns, createOnce = false } = recognition;
	const engine = await Engine.start(credential);
	process.send?.('begun' satisfies SyncAnswer);
	const { items } = await engine.run(upsertingInput(columns, { options: { createOnce } }), {
		items: itemsOf(feed),
		continueOnFail: true,
	});
	const failures = items.flatMap(({ json }) => (json.error ? [String(json.error)] : []));
	process.send?.({ failures } satisfies SyncAnswer);
}
