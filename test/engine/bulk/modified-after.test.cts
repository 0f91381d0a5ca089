import type { INodeParameters } from 'n8n-workflow';
import { Random } from '../../sandbox/random.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';
import { until } from '../../support/until.cts';

const BOUNDARY = '2026-03-01 08:00:00';
const MOMENT = '2026-03-01T08:00:00Z';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

/** A moment so many seconds from the boundary, as 1CRM writes it. */
const seconds = (count: number) =>
	new Date(Date.parse(MOMENT) + count * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Stores so many records changed at each moment, mixed, and returns the ids of each. */
function fill(counts: Record<string, number>): Map<string, string[]> {
	const moments = Object.entries(counts).flatMap(([moment, count]) =>
		Array.from({ length: count }, () => moment),
	);
	const ids = new Map(Object.keys(counts).map((moment) => [moment, [] as string[]]));
	for (const [index, date_modified] of new Random(3).shuffled(moments).entries()) {
		const id = sandbox.insert('Contact', { last_name: `Name ${index}`, date_modified });
		ids.get(date_modified)?.push(id);
	}
	return ids;
}

const changes = (rest: INodeParameters = {}, modifiedAfter = MOMENT): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Contact',
	returnAll: true,
	returnFields: ['last_name'],
	options: { modifiedAfter },
	...rest,
});

const idsOf = async (parameters: INodeParameters) =>
	(await engine.items(parameters)).map(({ id }) => id);

describe('30 records of the boundary second, 30 of the next, 300 older', () => {
	let after: string[];
	let at: string[];

	beforeEach(() => {
		const ids = fill({ [seconds(1)]: 30, [BOUNDARY]: 30, [seconds(-1)]: 150, [seconds(-60)]: 150 });
		after = ids.get(seconds(1)) ?? [];
		at = ids.get(BOUNDARY) ?? [];
	});

	it.each([7, 10, 15, 30, 31, 59, 60, 61, 200])(
		'give those after the moment, each once, in pages of %i',
		async (maxPageSize) => {
			sandbox.variants.maxPageSize = maxPageSize;
			const found = await idsOf(changes());
			expect([...found].sort()).toEqual([...after].sort());
			// The page with the first older record is the last page that is read.
			expect(workOf(sandbox)).toHaveLength(Math.floor(30 / maxPageSize) + 1);
		},
	);

	it.each([7, 30, 200])(
		'give those of the second too when the moment is before, in pages of %i',
		async (maxPageSize) => {
			sandbox.variants.maxPageSize = maxPageSize;
			const found = await idsOf(changes({}, '2026-03-01T07:59:59Z'));
			expect([...found].sort()).toEqual([...after, ...at].sort());
			expect(new Set(found.slice(0, 30))).toEqual(new Set(after));
		},
	);

	it.each([
		[1, 200],
		[29, 7],
		[30, 7],
		[31, 200],
		[45, 10],
	])('keep to a limit of %i in pages of %i', async (limit, maxPageSize) => {
		sandbox.variants.maxPageSize = maxPageSize;
		const found = await idsOf(changes({ returnAll: false, limit }));
		expect(found).toHaveLength(Math.min(limit, 30));
		expect(new Set(found).size).toBe(found.length);
		expect(found.every((id) => after.includes(String(id)))).toBe(true);
	});

	it('give those of the second that the moment lies within, as they may have come after it', async () => {
		const found = await idsOf(changes({}, '2026-03-01T08:00:00.100Z'));
		expect([...found].sort()).toEqual([...after, ...at].sort());
	});

	it.each(['={{ $json.none }}', '={{ "" }}'])(
		'are not all of them where %s gives nothing',
		async (moment) => {
			const error = await engine.failure(changes({}, moment));
			expect(error.message).toBe(
				"The expression in 'Modified After' has an empty result, which would mean all changes",
			);
			expect(workOf(sandbox)).toEqual([]);
		},
	);

	it('give nothing after the newest', async () => {
		expect(await idsOf(changes({}, '2026-03-01T08:00:01Z'))).toEqual([]);
	});

	it('give each once that is changed again while pages are read', async () => {
		sandbox.variants.maxPageSize = 10;
		sandbox.hold({ path: /^\/data/, after: 1 });
		const running = idsOf(changes());
		const [oldest] = after;
		await until(() => sandbox.held > 0);
		sandbox.insert('Contact', { last_name: 'New', date_modified: seconds(2) });
		sandbox.release();
		const found = await running;
		expect(new Set(found).size).toBe(found.length);
		expect(found).toContain(oldest);
		expect(after.every((id) => found.includes(id))).toBe(true);
	});
});

it('are given when several are changed while pages are read', async () => {
	const moments = Array.from({ length: 8 }, (_, index) => [seconds(index + 1), 1]);
	const ids = [...fill({ ...Object.fromEntries(moments), [BOUNDARY]: 4 }).values()];
	sandbox.variants.maxPageSize = 5;
	sandbox.hold({ path: /^\/data/, after: 1 });
	const running = idsOf(changes());
	// The first page is there; those of the next have moved by two.
	await until(() => sandbox.held > 0);
	for (const later of [20, 21]) {
		sandbox.insert('Contact', { last_name: 'New', date_modified: seconds(later) });
	}
	sandbox.release();
	const found = await running;
	expect(found).toHaveLength(8);
	expect(new Set(found)).toEqual(new Set(ids.flat().slice(0, 8)));
});

it('give all of a second that fills several pages', async () => {
	const ids = fill({ [seconds(1)]: 450, [BOUNDARY]: 450 });
	const found = await idsOf(changes());
	expect([...found].sort()).toEqual([...(ids.get(seconds(1)) ?? [])].sort());
	expect(workOf(sandbox)).toHaveLength(3);
});

describe('A server that passes over the order', () => {
	beforeEach(() => {
		sandbox.variants.maxPageSize = 10;
		for (let index = 0; index < 40; index++) {
			sandbox.insert('Contact', { last_name: 'Berg', date_modified: seconds(40 + index) });
		}
	});

	it('is refused, and no record is given', async () => {
		const records = sandbox.records('Contact').slice(0, 10);
		sandbox.failNext(
			{ kind: 'status', status: 200, body: { records, total_results: 40 } },
			{ path: /^\/data/ },
		);
		const { items, error } = await engine.run(changes());
		expect(error?.message).toBe(
			"The server didn't return the newest records first, so 'Modified After' could miss some",
		);
		expect(items).toEqual([]);
		expect(workOf(sandbox)).toHaveLength(1);
	});

	it('is refused when it does so from the second page on', async () => {
		const records = sandbox.records('Contact').slice(30, 40);
		sandbox.failNext(
			{ kind: 'status', status: 200, body: { records: records.reverse(), total_results: 40 } },
			{ path: /^\/data/ },
		);
		sandbox.failNext(
			{
				kind: 'status',
				status: 200,
				body: { records: sandbox.records('Contact').slice(0, 10), total_results: 40 },
			},
			{ path: /^\/data/ },
		);
		const error = await engine.failure(changes());
		expect(error.message).toContain("didn't return the newest records first");
	});

	it('is refused when a record has no time of its change', async () => {
		const records = [{ id: '1', date_modified: null }];
		sandbox.failNext(
			{ kind: 'status', status: 200, body: { records, total_results: 1 } },
			{ path: /^\/data/ },
		);
		const error = await engine.failure(changes());
		expect(error.message).toContain("didn't return the newest records first");
	});
});
