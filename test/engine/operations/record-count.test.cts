import type { INodeParameters } from 'n8n-workflow';
import type { Variants } from '../../sandbox/variants.cts';
import { until } from '../../support/until.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

const counting = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'count',
	module: 'Account',
	...rest,
});

const countOf = async (rest: INodeParameters = {}) => {
	const [{ count }] = await engine.items(counting(rest));
	return count;
};

function fill(count: number): string[] {
	return Array.from({ length: count }, (_, index) =>
		sandbox.insert('Account', { name: `Name ${index}` }),
	);
}

it('returns the number of records with the module', async () => {
	fill(3);
	expect(await engine.items(counting())).toEqual([{ module: 'Account', count: 3 }]);
});

it.each([0, 1, 2, 199, 200, 201, 950])(
	'of %d records takes two requests at most',
	async (count) => {
		fill(count);
		expect(await countOf()).toBe(count);
		expect(sentTo(sandbox).length).toBeLessThanOrEqual(2);
		expect(workOf(sandbox)[0].query.fields).toEqual(['id']);
	},
);

it('counts what matches a text and filters', async () => {
	fill(30);
	expect(await countOf({ filterText: 'Name 2' })).toBe(11);
	const conditions = [{ filter: 'name', operator: 'like', value: '1' }];
	expect(await countOf({ filters: { conditions } })).toBe(12);
});

it('counts closed records if they are included', async () => {
	for (const quote_stage of ['Draft', 'Closed Lost']) {
		sandbox.insert('Quote', { name: quote_stage, quote_stage });
	}
	const quotes = async (includeClosed: boolean) =>
		await countOf({ module: 'Quote', options: { includeClosed } });
	expect(await quotes(false)).toBe(1);
	expect(await quotes(true)).toBe(2);
});

describe('counts by reading where the total is', () => {
	it.each<[Variants['total'], number]>(
		(['page', 'zero', 'emptyText', 'null', 'missing'] as const).flatMap((total) =>
			[0, 1, 2, 200, 450].map((count): [typeof total, number] => [total, count]),
		),
	)('"%s", of %d records', async (total, count) => {
		sandbox.variants.total = total;
		fill(count);
		expect(await countOf()).toBe(count);
	});

	it('of what the server may show, and says of fewer', async () => {
		sandbox.variants.total = 'visible';
		const ids = fill(300);
		sandbox.variants.hiddenFromPages = [ids[1], ids[150], ids[299]];
		expect(await countOf()).toBe(297);
	});

	it('said in small pages', async () => {
		Object.assign(sandbox.variants, { total: 'page', maxPageSize: 20 });
		fill(50);
		expect(await countOf()).toBe(50);
	});
});

it('fails rather than tell a number that the list does not have', async () => {
	sandbox.variants.offset = 'ignored';
	fill(450);
	const error = await engine.failure(counting());
	expect(error.message).toMatch(/^1CRM says that this list has 450 records, but returned only 200/);
});

it('counts what is there at its end if a record comes meanwhile', async () => {
	fill(10);
	sandbox.hold({ path: /^\/data\/Account$/, after: 1 });
	const counting = countOf();
	await until(() => sandbox.held === 1);
	fill(1);
	sandbox.release();
	expect(await counting).toBe(11);
});

it('refuses an expression that gives no text, which would count every record', async () => {
	const error = await engine.failure(counting({ filterText: '={{ $json.missing }}' }));
	expect(error.message).toContain("'Search Text'");
	expect(sentTo(sandbox)).toEqual([]);
});
