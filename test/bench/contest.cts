import type { Stage } from '../support/n8n/stage.cts';

/** What a turn of a contestant took. */
export interface Turn {
	milliseconds: number;
	/** Of the process that did the work. */
	cpuMilliseconds: number;
}

/** One way to do the job that is measured. */
export interface Contestant {
	name: string;
	/** A slow contestant takes fewer turns. */
	mostRounds?: number;
	/** Does the job once, reports when it is done, and throws if it is incomplete. */
	takeTurn: (stage: Stage, whenDone?: () => void) => Promise<Turn>;
}

export interface Contest {
	title: string;
	/** The first is the 1CRM node, with which the others are compared. */
	contestants: Contestant[];
	/** How many records a turn is about. */
	count: number;
	/** Puts the sandbox into the same state before each turn. */
	prepare: (stage: Stage) => void;
	/** Throws if the sandbox doesn't contain the right records after a turn. */
	check?: (stage: Stage) => void;
}

export interface Result {
	contestant: string;
	turns: Turn[];
	/** The most requests under way at once, in any turn. */
	inFlightPeak: number;
}

/** Lets the contestants take turns against one sandbox: one round to warm up, then several that count. */
export async function holdContest(
	{ contestants, prepare, check }: Contest,
	stage: Stage,
	{ rounds, latency }: { rounds: number; latency: number },
): Promise<Result[]> {
	const { sandbox } = stage;
	const results = contestants.map(({ name }): Result => ({
		contestant: name,
		turns: [],
		inFlightPeak: 0,
	}));
	for (let round = 0; round <= rounds; round++) {
		for (const [index, { takeTurn, mostRounds = rounds }] of contestants.entries()) {
			if (round > mostRounds) continue;
			sandbox.latency = 0;
			prepare(stage);
			sandbox.clearRequests();
			sandbox.latency = latency;
			const turn = await takeTurn(stage);
			check?.(stage);
			if (round === 0) continue;
			results[index].turns.push(turn);
			results[index].inFlightPeak = Math.max(results[index].inFlightPeak, sandbox.inFlightPeak);
		}
	}
	return results;
}
