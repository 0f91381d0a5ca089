import { AutomaticWidth } from '../../../../../nodes/OneCrm/http/automaticWidth';
import { FixedWidth } from '../../../../../nodes/OneCrm/http/slots';
import type { Noise, SimulatedServer, SimulationResult } from './simulated-run.cts';
import { simulateRun } from './simulated-run.cts';

const SEEDS = 40;
const REQUESTS = 1000;

/** Other processes that leave half of each processor, in pieces as Linux gives them. */
const BUSY: Noise = { share: 0.5, milliseconds: 5 };
const CALM: Noise = { share: 0.05, milliseconds: 1 };
/** n8n does something else, or collects garbage: all answers meanwhile seem late. */
const STALLING: Noise = { share: 0.1, milliseconds: 40 };

const SERVER_FOR_SIX: SimulatedServer = { time: 25, room: 6, excess: 'shares', most: 12 };
const SERVER_FOR_ALL: SimulatedServer = { time: 25, room: Infinity, excess: 'shares' };

const runs = (
	server: SimulatedServer,
	noise: Noise,
	{
		fixed,
		seeds = SEEDS,
		isReading,
		requests = REQUESTS,
	}: { fixed?: number; seeds?: number; isReading?: boolean; requests?: number } = {},
): SimulationResult[] =>
	Array.from({ length: seeds }, (_, seed) =>
		simulateRun({
			server,
			noise,
			seed,
			requests,
			isReading,
			width: (now) => (fixed === undefined ? new AutomaticWidth(now) : new FixedWidth(fixed)),
		}),
	);

const meanTime = (results: SimulationResult[]): number =>
	results.reduce((total, { milliseconds }) => total + milliseconds, 0) / results.length;

const timeWith = (server: SimulatedServer, noise: Noise, fixed: number): number =>
	meanTime(runs(server, noise, { fixed, seeds: 10 }));

describe.each([
	['a calm machine', CALM],
	['a busy machine', BUSY],
	['a machine that stands still for moments', STALLING],
])('on %s', (_, noise) => {
	it.each([
		['slow each other down', { ...SERVER_FOR_SIX }],
		['wait for their turn', { ...SERVER_FOR_SIX, excess: 'queues' as const }],
		['vary, too', { ...SERVER_FOR_SIX, time: 100, spread: 0.3 }],
	])('never asks for more than 12 at once where there is room for 6, and more %s', (__, server) => {
		const best = Math.min(...[6, 8, 12].map((width) => timeWith(server, noise, width)));
		for (const isReading of [false, true]) {
			const results = runs(server, noise, { isReading });
			expect(Math.max(...results.map(({ peak }) => peak))).toBeLessThanOrEqual(12);
			expect(results.every(({ refused }) => refused === 0)).toBe(true);
			expect(meanTime(results)).toBeLessThan(1.3 * best);
		}
	});

	it('reads a list of some pages faster than eight at once', () => {
		const list = { requests: 49, isReading: true };
		const eightAtOnce = meanTime(runs(SERVER_FOR_ALL, noise, { ...list, fixed: 8 }));
		expect(meanTime(runs(SERVER_FOR_ALL, noise, list))).toBeLessThan(0.95 * eightAtOnce);
	});
});

it('uses a server that has room for all', () => {
	const results = runs(SERVER_FOR_ALL, CALM);
	expect(results.filter(({ width }) => width >= 27).length).toBeGreaterThan(0.9 * SEEDS);
	expect(meanTime(results)).toBeLessThan(0.6 * timeWith(SERVER_FOR_ALL, CALM, 8));
});

it('uses it although the machine stands still for moments', () => {
	const results = runs(SERVER_FOR_ALL, STALLING);
	expect(results.filter(({ width }) => width > 12).length).toBeGreaterThan(0.8 * SEEDS);
	expect(meanTime(results)).toBeLessThan(0.65 * timeWith(SERVER_FOR_ALL, STALLING, 8));
});

it('uses one whose times vary, though it needs longer to be sure', () => {
	const server = { ...SERVER_FOR_ALL, time: 100, spread: 0.3 };
	expect(meanTime(runs(server, CALM))).toBeLessThan(0.75 * timeWith(server, CALM, 8));
});

it('leaves a server alone that can only do one thing at a time', () => {
	const results = runs({ time: 25, room: 1, excess: 'queues' }, CALM);
	expect(results.every(({ width }) => width <= 3)).toBe(true);
});

it('narrows when a server has less room than before', () => {
	const result = simulateRun({
		server: SERVER_FOR_ALL,
		noise: CALM,
		seed: 1,
		requests: 4000,
		width: (now) => new AutomaticWidth(now),
		whenSent: (count, server) => {
			if (count === 2000) server.room = 6;
		},
	});
	expect(result.width).toBeLessThanOrEqual(9);
});

describe('when it is refused', () => {
	const refusing = (most: number, requests: number): SimulationResult =>
		simulateRun({
			server: { ...SERVER_FOR_ALL, most },
			seed: 1,
			requests,
			width: (now) => new AutomaticWidth(now),
		});

	it('halves, and does not go as far again', () => {
		const { refused, width } = refusing(15, 2000);
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThan(12);
		expect(width).toBeLessThanOrEqual(15);
		expect(width).toBeGreaterThanOrEqual(8);
	});

	it('goes down to one', () => {
		expect(refusing(1, 200).width).toBeLessThanOrEqual(2);
	});

	it('takes refusals of requests that were sent before for one', () => {
		const width = new AutomaticWidth(() => 0);
		const sent = Array.from({ length: 8 }, (_, index) => width.begin(() => 'GET', index + 1));
		for (const sending of sent) width.end(sending, 'refused');
		expect(width.limitFor(false)).toBe(4);
	});
});

describe('before it is certain of room', () => {
	/** Answers as many rounds of requests as begin at once, and returns how many those were in the last one. */
	function answer(width: AutomaticWidth, isReading: boolean, rounds: number): number {
		for (let round = 0; round < rounds; round++) {
			const limit = width.limitFor(isReading);
			const sent = Array.from({ length: limit }, () => width.begin(() => 'GET', limit));
			for (const sending of sent) width.end(sending, 'answered');
		}
		return width.limitFor(isReading);
	}

	it('tries twelve if it only reads', () => {
		expect(answer(new AutomaticWidth(() => 0), true, 1)).toBe(12);
	});

	it('tries no more than eight once anything is written', () => {
		const width = new AutomaticWidth(() => 0);
		answer(width, true, 1);
		expect(width.limitFor(false)).toBe(8);
		expect(width.limitFor(true)).toBe(8);
	});

	it('tries nothing after a write', () => {
		const width = new AutomaticWidth(() => 0);
		width.limitFor(false);
		expect(answer(width, true, 1)).toBeLessThanOrEqual(8);
	});
});

it('learns nothing from files, and lets them go on', () => {
	const width = new AutomaticWidth(() => 0);
	for (let index = 0; index < 200; index++)
		width.end(
			width.begin(() => undefined, 8),
			'answered',
		);
	expect(width.width).toBe(8);
	expect(width.limitFor(false)).toBeGreaterThanOrEqual(5);
});
