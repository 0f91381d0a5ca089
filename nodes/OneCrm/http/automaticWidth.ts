import { Ceiling } from './ceiling';
import { Evidence } from './evidence';
import { Latencies } from './latencies';
import type { Ending, Sending, Width } from './slots';

/** How many requests are under way at first, and at most. */
const FIRST = 8;
const MOST = 32;

/** How many times as wide each of the first two steps makes it. One step in error leads from 8 to 12. */
const STEP = 1.5;

/** The part of the width that is used to see how fast fewer requests are answered. */
const LOOK = 0.6;

/** Logarithms of how many times as long answers take at the whole width: `ROOM` is worth widening, `QUEUE` a queue. */
const ROOM = 0.25;
const QUEUE = 0.35;

/** By how much a slowdown has to exceed the mean so far to be a surprise. */
const SURPRISE = 0.2;

/** How many standard errors below `ROOM` the mean has to be: the first step may be in error, the second must not. */
const CERTAINTY = 1.5;
const SECOND_CERTAINTY = 3;

/** What even equal answers may differ by. */
const LEAST_VARIANCE = 0.05 ** 2;

/** After how many comparisons without a decision it waits. */
const ENOUGH = 4;

/** For how many rounds it waits: each time twice as many. */
const FIRST_WAIT = 2;
const LONGEST_WAIT = 32;

/** What requests at one level have shown. */
interface Round {
	/** How many may be under way. */
	level: number;
	/** Whether these are fewer than the width, to see how fast they are answered. */
	isLook: boolean;
	answers: number;
	latencies: Latencies;
}

/**
 * Finds out how many requests at once a server answers well.
 *
 * Rounds at the whole width and looks with fewer requests take turns. A look before and one after a round say how much
 * longer answers take because there are more of them: not at all if the server has room for all, in proportion if they
 * only wait for each other. It widens if the room is certain, and narrows if there is a queue or the server refuses.
 * What is uncertain, since the machine is busy or the server's times vary, is compared again. A run that only reads tries
 * the first step before anything is certain, and goes back if there is a queue.
 */
export class AutomaticWidth implements Width {
	width = FIRST;

	private round = roundOf(FIRST);

	/** How often the level has changed. */
	private changes = 0;

	private isWarm = false;

	/** Whether it tries more than is known to be good. Only a run that has changed nothing yet can do so. */
	private trial: 'to come' | 'under way' | 'over' = 'to come';

	/** The look before the latest round, and that round. */
	private look?: Latencies;

	private full?: Latencies;

	private readonly evidence = new Evidence();

	/** Rounds to wait until the next comparison, and the latencies when it began to wait. */
	private wait = 0;

	private waitedSince?: Latencies;

	private nextWait = FIRST_WAIT;

	private readonly ceiling = new Ceiling(MOST);

	/** `now` is in milliseconds. */
	constructor(private readonly now: () => number = () => performance.now()) {}

	limitFor(isReading: boolean): number {
		// A refused read is sent again, but a refused create isn't always (`mayRetry`).
		if (!isReading) this.endTrial();
		return this.round.level;
	}

	begin(kind: () => string | undefined, underWay: number): Sending {
		return { kind: kind(), underWay, changes: this.changes, at: this.now() };
	}

	end({ kind, underWay, changes, at }: Sending, ending: Ending): void {
		const isOfThisLevel = changes === this.changes;
		if (ending === 'refused') {
			// Requests that were sent before it narrowed say nothing new.
			if (isOfThisLevel) this.narrowAfterRefusal(underWay);
			return;
		}
		this.ceiling.countAnswer();
		const { round } = this;
		const isFull = round.isLook || underWay >= 0.8 * round.level;
		if (!isOfThisLevel || !isFull) return;
		round.answers++;
		if (ending === 'answered' && kind !== undefined) round.latencies.add(kind, this.now() - at);
		if (round.answers >= Math.max(5, 0.7 * round.level)) this.endRound();
	}

	private endRound(): void {
		const { isLook, latencies } = this.round;
		if (isLook) this.endLook(latencies);
		else if (this.wait > 0) this.endWaiting(latencies);
		else this.endFull(latencies);
	}

	private endFull(latencies: Latencies): void {
		if (this.width === 1) {
			// Nothing is less than one: the only way to learn more is to try two.
			this.setWidth(2);
			return;
		}
		if (this.trial === 'to come' && !latencies.isEmpty) {
			this.beginTrial();
			return;
		}
		// The first answers of a run are slow.
		if (this.isWarm) this.full = latencies;
		this.isWarm = true;
		this.start(roundOf(Math.round(this.width * LOOK), true));
	}

	private endLook(latencies: Latencies): void {
		const { look, full } = this;
		this.look = latencies;
		this.full = undefined;
		if (look && full) this.compare(full, look, latencies);
		this.start(roundOf(this.width));
	}

	private endWaiting(latencies: Latencies): void {
		this.wait--;
		this.waitedSince ??= latencies;
		const isSlower = (latencies.over(this.waitedSince) ?? 0) > QUEUE;
		if (isSlower) this.wait = 0;
		if (this.wait > 0) {
			this.start(roundOf(this.width));
			return;
		}
		if (isSlower) this.evidence.clear();
		this.look = undefined;
		this.start(this.width > 1 ? roundOf(Math.round(this.width * LOOK), true) : roundOf(1));
	}

	private compare(full: Latencies, before: Latencies, after: Latencies): void {
		const few = before.and(after);
		const slowdown = full.over(few);
		const drift = after.over(before);
		if (slowdown === undefined || drift === undefined) {
			this.waitLonger();
			return;
		}
		const variance = full.variance + few.variance + drift ** 2 / 2;
		// The server may have changed: look again soon.
		if (slowdown > QUEUE && slowdown > this.evidence.mean + SURPRISE) this.nextWait = FIRST_WAIT;
		this.evidence.add(slowdown, LEAST_VARIANCE + variance);
		this.decide();
	}

	private decide(): void {
		const { evidence, width } = this;
		const most = this.ceiling.width;
		if (this.hasRoom && width < most) {
			this.nextWait = FIRST_WAIT;
			// With room for 18, a server isn't a small one.
			this.setWidth(width > FIRST * STEP ? most : Math.min(most, nextStep(width)));
		} else if (evidence.count >= 2 && evidence.isAbove(QUEUE)) {
			this.nextWait = 2 * FIRST_WAIT;
			this.setWidth(Math.min(width - 1, Math.ceil(width * LOOK)));
		} else if ((this.hasRoom && width >= most) || evidence.count >= ENOUGH) {
			this.waitLonger();
		}
	}

	private get hasRoom(): boolean {
		const isSecondStep = this.width > FIRST && this.width <= FIRST * STEP;
		if (!isSecondStep) return this.evidence.isBelow(ROOM, CERTAINTY);
		// More requests never make answers faster: if they seem to, the comparison is in error.
		return this.evidence.isBelow(ROOM, SECOND_CERTAINTY, 0);
	}

	/** A list of a few pages is over before comparisons say that there is room. */
	private beginTrial(): void {
		this.isWarm = true;
		this.setWidth(nextStep(this.width));
		this.trial = 'under way';
	}

	private endTrial(): void {
		if (this.trial === 'under way') this.setWidth(FIRST);
		this.trial = 'over';
	}

	private waitLonger(): void {
		this.wait = this.nextWait;
		this.waitedSince = undefined;
		this.nextWait = Math.min(LONGEST_WAIT, 2 * this.nextWait);
	}

	private narrowAfterRefusal(underWay: number): void {
		const half = Math.max(1, Math.floor(this.width / 2));
		// If many are sent together, even the first of them can be refused, with few under way.
		this.ceiling.lowerTo(Math.max(half, underWay - 1));
		this.setWidth(half);
		this.look = undefined;
		this.wait = ENOUGH;
		this.waitedSince = undefined;
		// Even if the level stays the same: the others were sent too early.
		this.changes++;
	}

	private setWidth(width: number): void {
		this.width = width;
		this.trial = 'over';
		this.full = undefined;
		this.wait = 0;
		this.evidence.clear();
		this.start(roundOf(width));
	}

	private start(round: Round): void {
		if (round.level !== this.round.level) this.changes++;
		this.round = round;
	}
}

function nextStep(width: number): number {
	return Math.max(width + 1, Math.floor(width * STEP));
}

function roundOf(level: number, isLook = false): Round {
	return { level, isLook, answers: 0, latencies: new Latencies() };
}
