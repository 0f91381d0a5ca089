import type { Deliveries } from './deliveries.cts';
import type { Server } from './server.cts';
import type { Trial } from './trial.cts';

/** Something about 1CRM that isn't known for certain, and that the check can ask a server. */
export interface Fact {
	name: string;
	question: string;
	/** The answer that the package relies on. */
	expectation: string;
	/** What another answer means for the package. */
	consequence: string;
	/** Whether asking changes something in 1CRM: records that the check itself creates and deletes. */
	writes?: true;
	/** Asks the server and returns a short answer: the same words for the same behaviour. */
	ask(asked: Asked): Promise<string>;
}

/** What a fact may use. */
export interface Asked {
	server: Server;
	trial: Trial;
	deliveries: Deliveries;
}

/** A fact throws this, with the reason, if it can't be asked on this server. */
export class NotAskable extends Error {}
