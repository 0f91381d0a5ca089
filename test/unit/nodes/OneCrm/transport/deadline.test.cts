import { startDeadline } from '../../../../../nodes/OneCrm/transport/deadline';

const passed = (seconds: number): Promise<void> =>
	new Promise((resolve) => startDeadline(seconds, resolve));

afterEach(() => jest.restoreAllMocks());

it('passes when its time has gone by, and not before', async () => {
	const began = performance.now();
	await passed(0.03);
	expect(performance.now() - began).toBeGreaterThanOrEqual(30);
});

it('does not pass after it was called off', async () => {
	const pass = jest.fn();
	startDeadline(0.02, pass)();
	await passed(0.03);
	expect(pass).not.toHaveBeenCalled();
});

it('passes in turn where several wait equally long, on one timer at a time', async () => {
	const timeout = jest.spyOn(AbortSignal, 'timeout');
	const order: string[] = [];
	const waiting = ['first', 'second'].map(async (name) => {
		await passed(0.025);
		order.push(name);
	});
	expect(timeout).toHaveBeenCalledTimes(1);
	await Promise.all(waiting);
	expect(order).toEqual(['first', 'second']);
});

it('is counted from its own beginning where another of the same length runs already', async () => {
	const early = passed(0.035);
	await passed(0.02);
	const began = performance.now();
	const late = passed(0.035);
	await early;
	await late;
	expect(performance.now() - began).toBeGreaterThanOrEqual(35);
});

it('does not pass at once where its time is longer than a timer of Node can be', async () => {
	const pass = jest.fn();
	const callOff = startDeadline(2 ** 32, pass);
	await passed(0.02);
	callOff();
	expect(pass).not.toHaveBeenCalled();
});
