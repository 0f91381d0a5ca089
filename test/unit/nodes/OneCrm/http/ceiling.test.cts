import { Ceiling } from '../../../../../nodes/OneCrm/http/ceiling';

describe('Ceiling', () => {
	const answer = (ceiling: Ceiling, count: number): void => {
		for (let index = 0; index < count; index++) ceiling.countAnswer();
	};

	it('rises by one with every fifty answers for each that the server had allowed', () => {
		const ceiling = new Ceiling(32);
		ceiling.lowerTo(4);
		answer(ceiling, 50 * 4 - 1);
		expect(ceiling.width).toBe(4);
		answer(ceiling, 1);
		expect(ceiling.width).toBe(5);
		answer(ceiling, 50 * 5 - 1);
		expect(ceiling.width).toBe(5);
		answer(ceiling, 1);
		expect(ceiling.width).toBe(6);
	});

	it('begins to count anew with each refusal', () => {
		const ceiling = new Ceiling(32);
		ceiling.lowerTo(4);
		answer(ceiling, 50 * 4 - 1);
		ceiling.lowerTo(4);
		answer(ceiling, 50 * 4 - 1);
		expect(ceiling.width).toBe(4);
	});

	it('does not rise above where it began', () => {
		const ceiling = new Ceiling(4);
		expect(ceiling.width).toBe(4);
		answer(ceiling, 1000);
		expect(ceiling.width).toBe(4);
	});
});
