import type { IDataObject } from 'n8n-workflow';
import { listOf, totalOf } from '../../../../../nodes/OneCrm/http/page';

describe('the entries of a list', () => {
	it.each([
		[[], []],
		[
			[{ id: '1' }, { id: '2' }],
			[{ id: '1' }, { id: '2' }],
		],
		[[{ id: '1' }, null, 'x', []], [{ id: '1' }]],
		[{ 0: { id: '1' }, 2: { id: '2' } }, [{ id: '1' }, { id: '2' }]],
		[{}, []],
		[{ 0: { id: '1' }, message: 'x' }, undefined],
		['x', undefined],
		[null, undefined],
		[undefined, undefined],
	])('in %j are %j', (value, entries) => {
		expect(listOf(value)).toEqual(entries);
	});
});

describe('the total of a list', () => {
	it.each<[IDataObject, number | undefined]>([
		[{ total_results: 5 }, 5],
		[{ total_results: 0 }, 0],
		[{ total_results: '12' }, 12],
		[{ total_count: 7 }, 7],
		[{ total_results: 5, total_count: 7 }, 5],
		[{ total_results: null, total_count: '7' }, 7],
		[{ total_results: '' }, undefined],
		[{ total_results: ' ' }, undefined],
		[{ total_results: '5 or more' }, undefined],
		[{ total_results: 1.5 }, undefined],
		[{ total_results: 2 ** 60 }, undefined],
		[{ total_results: [5] }, undefined],
		[{ total_results: true }, undefined],
		[{}, undefined],
	])('in %j is %j', (answer, total) => {
		expect(totalOf(answer)).toBe(total);
	});
});
