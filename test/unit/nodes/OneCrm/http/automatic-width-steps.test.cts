import { AutomaticWidth } from '../../../../../nodes/OneCrm/http/automaticWidth';
import type { Ending } from '../../../../../nodes/OneCrm/http/slots';

/** How long answers take, in milliseconds, if so many requests are under way. */
type Server = (underWay: number) => number;

const ROOM_FOR_ALL: Server = () => 25;
/** More than six slow each other down in proportion. */
const ROOM_FOR_SIX: Server = (underWay) => 25 * Math.max(1, underWay / 6);
const ROOM_FOR_ONE: Server = (underWay) => 25 * underWay;
/** Neither room nor a queue, at whatever width. */
const UNDECIDED: Server = (underWay) => 10 * underWay ** 0.6;

class Run {
	private now = 0;

	readonly width = new AutomaticWidth(() => this.now);

	constructor(private readonly isReading = false) {}

	/** Answers rounds of requests that are sent together. Returns how many there were in each. */
	answer(server: Server, rounds: number): number[] {
		return Array.from({ length: rounds }, () => {
			const limit = this.width.limitFor(this.isReading);
			this.answerSome(server, limit);
			return limit;
		});
	}

	/** Answers so many requests that are sent together. */
	answerSome(server: Server, count: number): void {
		this.end(count, server(count), 'answered');
	}

	/** Ends so many requests that are sent together, of some kinds, in so many milliseconds. */
	end(
		count: number,
		milliseconds: number,
		ending: Ending,
		kinds: Array<string | undefined> = ['GET'],
	): void {
		const sent = Array.from({ length: count }, (_, index) =>
			this.width.begin(() => kinds[index % kinds.length], count),
		);
		this.now += milliseconds;
		for (const sending of sent) this.width.end(sending, ending);
	}

	/** Answers rounds until so many requests are sent together, and returns how many rounds that took. */
	until(server: Server, level: number): number {
		let rounds = 0;
		while (this.width.limitFor(this.isReading) !== level && rounds < 1000) {
			this.answer(server, 1);
			rounds++;
		}
		return rounds;
	}

	/** Refuses one of so many requests. */
	refuse(underWay: number): void {
		this.width.end(
			this.width.begin(() => 'GET', underWay),
			'refused',
		);
	}
}

describe('a run that writes', () => {
	it('compares eight at once with five, and widens by half until it knows of room for 18', () => {
		expect(new Run().answer(ROOM_FOR_ALL, 10)).toEqual([8, 5, 8, 5, 12, 7, 18, 11, 32, 19]);
	});

	it('compares ever more seldom once it is as wide as can be', () => {
		const run = new Run();
		run.answer(ROOM_FOR_ALL, 8);
		expect(run.answer(ROOM_FOR_ALL, 22)).toEqual([
			...[32, 19, 32],
			...[32, 19, 32, 19],
			...[32, 32, 32, 19, 32, 19],
			...[32, 32, 32, 32, 32, 32, 19, 32, 19],
		]);
	});

	it('waits for up to 32 rounds where it cannot decide', () => {
		const run = new Run();
		const waits = run.answer(UNDECIDED, 180).join('').split('585').slice(3);
		// A round is over after six answers, so eight at a time are four rounds in three.
		const rounds = waits.map((wait) => (wait.length * 8) / 6);
		expect(rounds.slice(0, -1)).toEqual([4, 8, 16, 32, 32, 32, 32, 32]);
	});

	it('narrows where each waits for the others, down to one, and tries two again', () => {
		const run = new Run();
		expect(run.answer(ROOM_FOR_ONE, 20)).toEqual([
			...[8, 5, 8, 5, 8, 5],
			...[5, 3, 3, 5, 3, 3, 5, 3, 3],
			...[3, 3, 2, 2, 2],
		]);
		const widths: number[] = [];
		for (let round = 0; round < 60; round++) {
			run.answer(ROOM_FOR_ONE, 1);
			if (run.width.width !== widths.at(-1)) widths.push(run.width.width);
		}
		expect(widths).toEqual([3, 2, 1, 2]);
	});

	it('notices within twenty rounds that a server has less room than before', () => {
		const run = new Run();
		run.answer(ROOM_FOR_ALL, 20);
		expect(run.until(ROOM_FOR_SIX, 20)).toBeLessThan(20);
		expect(run.until(ROOM_FOR_SIX, 12)).toBeLessThan(12);
		expect(run.until(ROOM_FOR_SIX, 8)).toBeLessThan(30);
		expect(Math.max(...run.answer(ROOM_FOR_SIX, 100))).toBe(8);
	});

	it('ends its wait when answers take longer', () => {
		const run = new Run();
		run.answer(UNDECIDED, 60);
		expect(run.answer((underWay) => 2 * UNDECIDED(underWay), 3)).toEqual([8, 5, 8]);
		const same = new Run();
		same.answer(UNDECIDED, 60);
		expect(same.answer((underWay) => 1.3 * UNDECIDED(underWay), 3)).toEqual([8, 8, 8]);
	});

	it('learns nothing from rounds that are not full', () => {
		const run = new Run();
		for (let round = 0; round < 40; round++) run.answerSome(ROOM_FOR_ALL, 6);
		expect(run.answer(ROOM_FOR_ALL, 1)).toEqual([8]);
		for (let round = 0; round < 40; round++) run.answerSome(ROOM_FOR_ALL, 7);
		expect(run.width.width).toBeGreaterThan(8);
	});
});

it('takes no notice of its first answers, which are slow', () => {
	const run = new Run();
	run.answer((underWay) => 10 * ROOM_FOR_ALL(underWay), 1);
	expect(run.answer(ROOM_FOR_ALL, 9)).toEqual([5, 8, 5, 12, 7, 18, 11, 32, 19]);
});

it('needs more certainty for the second step than for the others', () => {
	const server: Server = (underWay) => 10 * underWay ** 0.319;
	const run = new Run();
	expect(run.until(server, 12)).toBe(4);
	expect(run.until(server, 18)).toBe(13);
	expect(run.until(server, 32)).toBe(6);
});

it('compares answers of the same kind only', () => {
	const run = new Run();
	const levels = Array.from({ length: 20 }, () => {
		const level = run.width.limitFor(false);
		run.end(level, 25, 'answered', [`GET ${level}`]);
		return level;
	});
	expect(levels).toEqual([
		...[8, 5, 8, 5],
		...[8, 8, 5, 8, 5],
		...[8, 8, 8, 5, 8, 5],
		...[8, 8, 8, 8, 8],
	]);
});

it('learns nothing from answers that say no, nor from files', () => {
	const lessons: Array<[Ending, Array<string | undefined>]> = [
		['other', ['GET']],
		['answered', [undefined]],
	];
	for (const [ending, kinds] of lessons) {
		const run = new Run();
		for (let round = 0; round < 200; round++) run.end(run.width.limitFor(false), 25, ending, kinds);
		expect(run.width.width).toBe(8);
	}
});

it('notices also after a long time that a server has less room than before', () => {
	const run = new Run();
	run.answer(ROOM_FOR_ALL, 500);
	expect(run.until(ROOM_FOR_SIX, 20)).toBeLessThan(20);
});

it('reads the clock of the process by itself', () => {
	const before = performance.now();
	const { at } = new AutomaticWidth().begin(() => 'GET', 1);
	expect(at).toBeGreaterThanOrEqual(before);
	expect(at).toBeLessThanOrEqual(performance.now());
});

describe('a run that only reads', () => {
	it('tries twelve at once after the first round', () => {
		expect(new Run(true).answer(ROOM_FOR_ALL, 9)).toEqual([8, 12, 7, 12, 7, 18, 11, 32, 19]);
	});

	it('goes back where they wait for each other', () => {
		expect(new Run(true).answer(ROOM_FOR_ONE, 13)).toEqual([
			8, 12, 7, 12, 7, 12, 7, 8, 5, 8, 5, 8, 5,
		]);
	});
});

describe('a refusal', () => {
	it('halves, and keeps the width for four rounds', () => {
		const run = new Run();
		run.refuse(8);
		expect(run.answer(ROOM_FOR_ONE, 8)).toEqual([4, 4, 4, 4, 4, 2, 2, 2]);
	});

	it('is not asked for again until fifty answers for each that it had allowed', () => {
		const run = new Run();
		run.answer(ROOM_FOR_ALL, 20);
		run.refuse(20);
		expect(run.width.width).toBe(16);
		const levels: number[] = [];
		while (run.width.width < 20) levels.push(...run.answer(ROOM_FOR_ALL, 1));
		expect(Math.max(...levels)).toBe(19);
		const answers = levels.reduce((sum, level) => sum + level, 0);
		expect(answers).toBeGreaterThanOrEqual(50 * 19);
		// It only tries more after its next comparison.
		expect(answers).toBeLessThan(80 * 19);
	});

	it('of one that was sent alone narrows to one', () => {
		const run = new Run();
		for (const underWay of [8, 4, 2]) run.refuse(underWay);
		expect(run.width.width).toBe(1);
		run.refuse(1);
		expect(run.width.width).toBe(1);
		expect(run.answer(ROOM_FOR_ALL, 3)).toEqual([1, 1, 1]);
	});
});
