import type { IDataObject } from 'n8n-workflow';
import { HttpClient } from '../../../../../nodes/OneCrm/http/client';
import { fetchPage } from '../../../../../nodes/OneCrm/http/page';
import { ScriptedServer } from './scripted-server.cts';

const page = (records: unknown, more: IDataObject = {}) => ({
	body: JSON.stringify({ records, ...more }),
});
/** More fields than fit into one address. */
const MANY_FIELDS = Array.from({ length: 300 }, (_, index) => `a_long_name_of_a_field_${index}`);

async function read(query: IDataObject | undefined, ...answers: Array<{ body: string }>) {
	const server = new ScriptedServer(answers);
	const address = { path: 'data/Contact', query, headers: { 'x-a': 'b' } };
	const result = await fetchPage(HttpClient.of(server.context), address, 20, 10);
	return { result, requests: server.requests };
}

describe('a page of a list', () => {
	it('is what was asked for, with the total', async () => {
		const answer = page([{ id: '1' }], { total_results: 21 });
		const { result, requests } = await read({ order: 'name' }, answer);
		expect(result).toEqual({ offset: 20, limit: 10, records: [{ id: '1' }], total: 21 });
		expect(requests).toMatchObject([
			{ method: 'GET', url: 'data/Contact?order=name&offset=20&limit=10', headers: { 'x-a': 'b' } },
		]);
	});

	it.each([
		[{ error_code: 5, total: 1 }, 'error_code, total'],
		[{}, 'nothing'],
	])('is none without records: %j', async (body, contents) => {
		await expect(read({}, { body: JSON.stringify(body) })).rejects.toMatchObject({
			message: '1CRM answered without a list of records',
			description: `The answer contains: ${contents}`,
		});
	});

	it('of many fields is put together from several answers, by the ids', async () => {
		const { result, requests } = await read(
			{ fields: MANY_FIELDS },
			page(
				[
					{ id: '1', a: 'A' },
					{ id: '2', a: 'B' },
				],
				{ total_results: 2 },
			),
			page(
				[
					{ id: '2', b: 'D' },
					{ id: '1', b: 'C' },
					{ id: '3', b: 'E' },
				],
				{ total_results: 3 },
			),
		);
		expect(result.records).toEqual([
			{ id: '1', a: 'A', b: 'C' },
			{ id: '2', a: 'B', b: 'D' },
		]);
		expect(result.total).toBe(2);
		expect(requests).toHaveLength(2);
	});

	it('is read again if the list changes between its answers, up to three times', async () => {
		const first = page([{ id: '1' }, { id: '2' }]);
		const changed = page([{ id: '1' }]);
		const { result } = await read(
			{ fields: MANY_FIELDS },
			first,
			changed,
			first,
			changed,
			first,
			first,
		);
		expect(result.records).toHaveLength(2);
		const answers = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? first : changed));
		await expect(read({ fields: MANY_FIELDS }, ...answers)).rejects.toMatchObject({
			message: 'The list changed each time it was read',
			description: "Try again later, or choose fewer fields in 'Return Fields'",
		});
	});
});
