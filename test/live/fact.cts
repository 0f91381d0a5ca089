import type { Deliveries } from './deliveries.cts';
import type { Server } from './server.cts';
import type { Trial } from './trial.cts';

/** Something about 1CRM that no source says for certain, and that a server can be asked. */
export interface Fact {
	name: string;
	question: string;
	/** The answer that the package counts on. */
	expectation: string;
	/** What another answer means for the package. */
	consequence: string;
	/** Whether asking changes something in 1CRM: records that the check itself makes and deletes. */
	writes?: true;
	/** Asks the server and gives a short answer, the same words for the same behaviour. */
	ask(asked: Asked): Promise<string>;
}

/** What a fact may use. */
export interface Asked {
	server: Server;
	trial: Trial;
	deliveries: Deliveries;
}

/** Thrown by a fact that this server cannot be asked, with the reason. */
export class NotAskable extends Error {}
