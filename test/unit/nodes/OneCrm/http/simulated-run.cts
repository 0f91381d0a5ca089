import type { Ending, Width } from '../../../../../nodes/OneCrm/http/slots';

/** A server by its behaviour alone, in milliseconds of a virtual clock. */
export interface SimulatedServer {
	/** What a request takes that is alone. */
	time: number;
	/** So many requests are answered at full pace. */
	room: number;
	/** What happens to more: they slow each other down in proportion, or wait for their turn. */
	excess: 'shares' | 'queues';
	/** It refuses any more than these. */
	most?: number;
	/** How much the times of single requests vary: the standard deviation of their logarithm. */
	spread?: number;
}

/** How other processes keep a processor from its work: how much of the time, and for how long at once. */
export interface Noise {
	share: number;
	milliseconds: number;
}

interface SimulatedRun {
	server: SimulatedServer;
	requests: number;
	/** Whether they change nothing. */
	isReading?: boolean;
	/** Of the client's processor and the server's. */
	noise?: Noise;
	seed: number;
	/** Makes the width, which reads the clock of the simulation. */
	width: (now: () => number) => Width;
	/** Called when a request is sent, with how many were sent before. */
	whenSent?: (count: number, server: SimulatedServer) => void;
}

export interface SimulationResult {
	milliseconds: number;
	/** The most requests that were at the server at once. */
	peak: number;
	refused: number;
	width: number;
}

/** What n8n and the server calculate for a request, in milliseconds. */
const CLIENT_WORK = 1.1;
const SERVER_WORK = 0.6;
const REFUSAL = 1;

/** Sends requests to a simulated server, as many at once as the width allows, until all are answered. */
export function simulateRun({
	server: chosen,
	requests,
	isReading = false,
	noise,
	seed,
	width: widthOf,
	whenSent,
}: SimulatedRun): SimulationResult {
	const random = randomOf(seed);
	const clock = new Clock();
	const client = new Processor(random, noise);
	const host = new Processor(random, noise);
	const server = { ...chosen };
	const work = new Work(clock, server, random);
	const width = widthOf(() => clock.now);
	const result = { peak: 0, refused: 0 };
	let left = requests;
	let underWay = 0;
	let atServer = 0;

	function send(): void {
		while (left > 0 && underWay < width.limitFor(isReading)) {
			whenSent?.(requests - left, server);
			left--;
			underWay++;
			const sending = width.begin(() => 'GET', underWay);
			const end = (ending: Ending): void => {
				underWay--;
				if (ending === 'refused') {
					result.refused++;
					left++;
				}
				if (sending) width.end(sending, ending);
				send();
			};
			clock.at(client.done(clock.now, CLIENT_WORK / 2), () => arrive(end));
		}
	}

	function arrive(end: (ending: Ending) => void): void {
		clock.at(host.done(clock.now, SERVER_WORK / 2), () => {
			result.peak = Math.max(result.peak, ++atServer);
			const isRefused = atServer > (server.most ?? Infinity);
			const answer = (): void =>
				clock.at(host.done(clock.now, SERVER_WORK / 2), () => {
					atServer--;
					clock.at(client.done(clock.now, CLIENT_WORK / 2), () =>
						end(isRefused ? 'refused' : 'answered'),
					);
				});
			if (isRefused) clock.at(clock.now + REFUSAL, answer);
			else work.begin(answer);
		});
	}

	send();
	clock.run();
	return { ...result, milliseconds: clock.now, width: width.width };
}

/** Calls what is due, in the order of the times. */
class Clock {
	now = 0;

	private readonly due: Array<{ time: number; call: () => void }> = [];

	at(time: number, call: () => void): void {
		let index = this.due.length;
		while (index > 0 && this.due[index - 1].time < time) index--;
		this.due.splice(index, 0, { time, call });
	}

	run(): void {
		for (let next = this.due.pop(); next !== undefined; next = this.due.pop()) {
			this.now = next.time;
			next.call();
		}
	}
}

/** Does one thing after the other, when it isn't taken away by others. */
class Processor {
	private free = 0;

	private awayFrom = Infinity;

	private awayUntil = Infinity;

	constructor(
		private readonly random: () => number,
		private readonly noise: Noise | undefined,
	) {
		this.planAbsence(0);
	}

	/** When work is done that can begin at `time`. */
	done(time: number, milliseconds: number): number {
		let at = Math.max(time, this.free);
		for (let left = milliseconds; ;) {
			while (this.awayUntil <= at) this.planAbsence(this.awayUntil);
			at = at >= this.awayFrom ? this.awayUntil : at;
			while (this.awayUntil <= at) this.planAbsence(this.awayUntil);
			if (at + left <= this.awayFrom) {
				this.free = at + left;
				return this.free;
			}
			left -= this.awayFrom - at;
			at = this.awayUntil;
		}
	}

	private planAbsence(after: number): void {
		if (!this.noise) return;
		const { share, milliseconds } = this.noise;
		const away = -Math.log(1 - this.random()) * milliseconds;
		const here = ((away * (1 - share)) / share) * (0.5 + this.random());
		this.awayFrom = after + here;
		this.awayUntil = this.awayFrom + away;
	}
}

/** What the server has to do for the requests that it has accepted. */
class Work {
	private readonly jobs = new Set<{ left: number; answer: () => void }>();

	private updatedAt = 0;

	private plans = 0;

	constructor(
		private readonly clock: Clock,
		private readonly server: SimulatedServer,
		private readonly random: () => number,
	) {}

	begin(answer: () => void): void {
		this.update();
		this.jobs.add({ left: this.duration(), answer });
		this.plan();
	}

	private duration(): number {
		const { time, spread = 0 } = this.server;
		const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(6.2832 * this.random());
		return time * Math.exp(spread * normal);
	}

	/** Those that are worked on, and how fast. */
	private get current(): { jobs: Array<{ left: number; answer: () => void }>; pace: number } {
		const { room, excess } = this.server;
		const jobs = [...this.jobs];
		if (excess === 'queues') return { jobs: jobs.slice(0, room), pace: 1 };
		return { jobs, pace: Math.min(1, room / jobs.length) };
	}

	private update(): void {
		const { jobs, pace } = this.current;
		for (const job of jobs) job.left -= (this.clock.now - this.updatedAt) * pace;
		this.updatedAt = this.clock.now;
	}

	private plan(): void {
		const plan = ++this.plans;
		const { jobs, pace } = this.current;
		if (jobs.length === 0) return;
		const next = Math.max(0, Math.min(...jobs.map(({ left }) => left))) / pace;
		this.clock.at(this.clock.now + next, () => {
			if (plan !== this.plans) return;
			this.update();
			for (const job of [...this.jobs]) {
				if (job.left > 1e-6) continue;
				this.jobs.delete(job);
				job.answer();
			}
			this.plan();
		});
	}
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
	let state = (seed + 1) * 2654435769;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
