import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox, type VariantChoices } from '../../sandbox/sandbox.cts';
import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import { sentTo, workOf } from '../sent.cts';
import { until } from '../../support/until.cts';

let sandbox: Sandbox;
let engine: Engine;

async function open(variants: VariantChoices = {}): Promise<void> {
	sandbox = await startSandbox({ seed: false, variants });
	engine = await Engine.start(sandboxCredential(sandbox));
}
afterEach(() => sandbox.stop());

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
	await open();
	fill(3);
	expect(await engine.items(counting())).toEqual([{ module: 'Account', count: 3 }]);
});

it.each([0, 1, 2, 199, 200, 201, 950])(
	'of %d records takes two requests at most',
	async (count) => {
		await open();
		fill(count);
		expect(await countOf()).toBe(count);
		expect(sentTo(sandbox).length).toBeLessThanOrEqual(2);
		expect(workOf(sandbox)[0].query.fields).toEqual(['id']);
	},
);

it('counts what matches a text and filters', async () => {
	await open();
	fill(30);
	expect(await countOf({ filterText: 'Name 2' })).toBe(11);
	const conditions = [{ filter: 'name', operator: 'like', value: '1' }];
	expect(await countOf({ filters: { conditions } })).toBe(12);
});

it('counts closed records if they are included', async () => {
	await open();
	for (const quote_stage of ['Draft', 'Closed Lost']) {
		sandbox.insert('Quote', { name: quote_stage, quote_stage });
	}
	const quotes = async (includeClosed: boolean) =>
		await countOf({ module: 'Quote', options: { includeClosed } });
	expect(await quotes(false)).toBe(1);
	expect(await quotes(true)).toBe(2);
});

describe('counts by reading where the total is', () => {
	it.each<[VariantChoices['total'], number]>(
		(['page', 'zero', 'emptyText', 'null', 'missing'] as const).flatMap((total) =>
			[0, 1, 2, 200, 450].map((count): [typeof total, number] => [total, count]),
		),
	)('"%s", of %d records', async (total, count) => {
		await open({ total });
		fill(count);
		expect(await countOf()).toBe(count);
	});

	it('of what the server may show, and says of fewer', async () => {
		await open({ total: 'visible' });
		const ids = fill(300);
		sandbox.variants.hiddenFromPages = [ids[1], ids[150], ids[299]];
		expect(await countOf()).toBe(297);
	});

	it('said in small pages', async () => {
		await open({ total: 'page', maxPageSize: 20 });
		fill(50);
		expect(await countOf()).toBe(50);
	});
});

it('fails rather than tell a number that the list does not have', async () => {
	await open({ offset: 'ignored' });
	fill(450);
	const error = await engine.failure(counting());
	expect(error.message).toMatch(/450 records, but returned only 200|the same 200 records/);
});

it('counts what is there at its end if a record comes meanwhile', async () => {
	await open();
	fill(10);
	sandbox.gather(2, { path: /^\/data\/Account$/, after: 1 });
	const counting = countOf();
	await until(() => workOf(sandbox).length === 2);
	fill(1);
	sandbox.clearFaults();
	expect(await counting).toBe(11);
});

it('refuses an expression that gives no text, which would count every record', async () => {
	await open();
	const error = await engine.failure(counting({ filterText: '={{ $json.missing }}' }));
	expect(error.message).toContain("'Search Text'");
	expect(sentTo(sandbox)).toEqual([]);
});
