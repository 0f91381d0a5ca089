import { setTimeout as pause } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/engine/engine.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { SETTINGS } from './trigger-settings.cts';

/** What a process is asked to do, with what n8n has stored for the trigger. */
export interface Activation {
	credential: ICredentialDataDecryptedObject;
	/** Where n8n is. */
	origin: string;
	staticData: IDataObject;
	/** Milliseconds before the activation, and between its end and what n8n saves. */
	pauses: [number, number];
}

/** A process of n8n of its own: activates the workflow when told to, and answers with what n8n saves. */
process.on('message', (activation: Activation) => void activate(activation));

async function activate({ credential, origin, staticData, pauses }: Activation): Promise<void> {
	const engine = await Engine.start(credential);
	const inPlaceOf = { origin } as unknown as EngineTrigger;
	const trigger = await EngineTrigger.start(engine, { ...SETTINGS }, { inPlaceOf });
	trigger.staticData = staticData;
	await pause(pauses[0]);
	await trigger.activate();
	await pause(pauses[1]);
	process.send?.(trigger.staticData);
}
