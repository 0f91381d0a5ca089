import { Deliveries } from './deliveries.cts';
import { type Asked, type Fact, NotAskable } from './fact.cts';
import { FACTS } from './facts/all.cts';
import { Server } from './server.cts';
import type { Settings } from './settings.cts';
import { Trial } from './trial.cts';

/** A fact with the answer of the server. */
export interface Finding extends Pick<Fact, 'name' | 'question' | 'expectation' | 'consequence'> {
	answer: string;
	/** `not asked` if something is missing that only the caller can provide. */
	verdict: 'as expected' | 'different' | 'not asked';
}

interface CheckResult {
	findings: Finding[];
	/** What the check created and couldn't remove. */
	left: string[];
}

interface CheckOptions {
	settings: Settings;
	/** Whether to ask facts that change something. */
	write: boolean;
	/** By default, all. */
	facts?: Fact[];
	/** Resolves when no further delivery of a webhook is expected. */
	patience: () => Promise<void>;
}

/** Asks a server all facts. Afterwards, it removes everything it created, whatever happened. */
export async function check(options: CheckOptions): Promise<CheckResult> {
	const { settings, write, facts = FACTS, patience } = options;
	const server = new Server(settings);
	const trial = new Trial(server);
	const asked = { server, trial, deliveries: new Deliveries(server, trial, patience) };
	const findings: Finding[] = [];
	const left: string[] = [];
	for (const fact of facts) {
		findings.push(
			fact.writes && !write ? notAsked(fact, 'needs --write') : await find(fact, asked),
		);
		left.push(...(await trial.clear()));
	}
	return { findings, left };
}

async function find(fact: Fact, asked: Asked): Promise<Finding> {
	try {
		const answer = await fact.ask(asked);
		const verdict = answer === fact.expectation ? 'as expected' : 'different';
		return { ...fact, answer, verdict };
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		if (error instanceof NotAskable) return notAsked(fact, reason);
		return { ...fact, answer: reason, verdict: 'different' };
	}
}

function notAsked(fact: Fact, reason: string): Finding {
	return { ...fact, answer: reason, verdict: 'not asked' };
}
