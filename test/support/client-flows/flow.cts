import type { Sandbox } from '../../sandbox/sandbox.cts';
import type { OfficialClient } from './official-client.cts';

/** How a client logs in. Either way it acts as the same user. */
export const LOGINS = ['Basic', 'OAuth'] as const;

export type Login = (typeof LOGINS)[number];

/** One example of the documentation of a client: the requests that it sends, and what its author sees. */
export interface Flow {
	/** Where the example is: a page of the documentation, or a client. */
	source: string;
	/** What the example shows. */
	shows: string;
	/** What of the nodes rests on it. */
	standsFor: string;
	/** The ways to log in that the example applies to. */
	logins: readonly Login[];
	run: (stage: FlowStage) => Promise<void>;
}

export interface FlowStage {
	sandbox: Sandbox;
	/** Logged in as the flow says. */
	client: OfficialClient;
}

/** A flow that works with either log-in. */
export const withEither = (flow: Omit<Flow, 'logins'>): Flow => ({ ...flow, logins: LOGINS });
