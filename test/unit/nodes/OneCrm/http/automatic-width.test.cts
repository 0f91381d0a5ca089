import { AutomaticWidth } from '../../../../../nodes/OneCrm/http/automaticWidth';
import { FixedWidth } from '../../../../../nodes/OneCrm/http/slots';
import type { Noise, SimulatedServer, SimulationResult } from './simulated-run.cts';
import { simulateRun } from './simulated-run.cts';

const SEEDS = 40;
const REQUESTS = 1000;

/** Other processes that leave half of each processor, in pieces as Linux gives them. */
const BUSY: Noise = { share: 0.5, milliseconds: 5 };
const CALM: Noise = { share: 0.05, milliseconds: 1 };

const SERVER_FOR_SIX: SimulatedServer = { time: 25, room: 6, excess: 'shares', most: 12 };
const SERVER_FOR_ALL: SimulatedServer = { time: 25, room: Infinity, excess: 'shares' };

const runs = (
	server: SimulatedServer,
	noise: Noise,
	{ fixed, seeds = SEEDS }: { fixed?: number; seeds?: number } = {},
): SimulationResult[] =>
	Array.from({ length: seeds }, (_, seed) =>
		simulateRun({
			server,
			noise,
			seed,
			requests: REQUESTS,
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
])('on %s', (_, noise) => {
	it.each([
		['slow each other down', { ...SERVER_FOR_SIX }],
		['wait for their turn', { ...SERVER_FOR_SIX, excess: 'queues' as const }],
		['vary, too', { ...SERVER_FOR_SIX, time: 100, spread: 0.3 }],
	])('never asks for more than 12 at once where there is room for 6, and more %s', (__, server) => {
		const results = runs(server, noise);
		expect(Math.max(...results.map(({ peak }) => peak))).toBeLessThanOrEqual(12);
		expect(results.every(({ refused }) => refused === 0)).toBe(true);
		const best = Math.min(...[6, 8, 12].map((width) => timeWith(server, noise, width)));
		expect(meanTime(results)).toBeLessThan(1.3 * best);
	});
});

it('uses a server that has room for all', () => {
	const results = runs(SERVER_FOR_ALL, CALM);
	expect(results.filter(({ width }) => width >= 27).length).toBeGreaterThan(0.9 * SEEDS);
	expect(meanTime(results)).toBeLessThan(0.6 * timeWith(SERVER_FOR_ALL, CALM, 8));
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
		const sent = Array.from({ length: 8 }, (_, index) => width.begin('GET', index + 1));
		for (const sending of sent) width.end(sending, 'refused');
		expect(width.limit).toBe(4);
	});
});

it('learns nothing from files, and lets them go on', () => {
	const width = new AutomaticWidth(() => 0);
	for (let index = 0; index < 200; index++) width.end(width.begin(undefined, 8), 'answered');
	expect(width.width).toBe(8);
	expect(width.limit).toBeGreaterThanOrEqual(5);
});
