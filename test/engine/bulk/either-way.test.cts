import * as fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { itemsOf, upsertingInput, writesOf } from '../upserting.cts';

const SEED = 2026;
const FEEDS = 20;

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	// Which of two twins is named first depends on their order.
	sandbox.variants.ties = 'kept';
});

const address = (number: number) => `person-${number}@berg.example`;

/** Values that a spreadsheet or another program may give, some of which 1CRM writes in other ways. */
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
	last_name: fc.constantFrom('Berg', 'BERG', 'Aalto', "O'Brien"),
	title: fc.constantFrom('Head', 'head', ' Head', '', null, 'A & B'),
	do_not_call: fc.constantFrom(true, false, '1', 'no', ''),
	birthdate: fc.constantFrom('1990-12-10', '1990-12-10T08:00:00', '1990-12-11', ''),
	annual_budget: fc.constantFrom(1.5, '1.50', '1.505', 2, null),
	categories: fc.constantFrom('Customers', ['Customers', 'Suppliers'], ''),
	lead_source: fc.constantFrom('Web Site', 'Cold Call', ''),
};

const some = fc.record(VALUES, { requiredKeys: [] }) as fc.Arbitrary<IDataObject>;

const existing = fc.array(
	fc.tuple(fc.nat({ max: 15 }), fc.record(VALUES) as fc.Arbitrary<IDataObject>),
	{ minLength: 4, maxLength: 20 },
);

/** At least ten different addresses, some of them several times and in other letters. */
const feed = fc
	.tuple(
		fc.shuffledSubarray(
			Array.from({ length: 20 }, (_, number) => number),
			{ minLength: 12 },
		),
		fc.array(fc.nat({ max: 19 }), { maxLength: 8 }),
	)
	.chain(([numbers, again]) =>
		fc.tuple(
			...[...numbers, ...again].map((number) =>
				fc.tuple(some, fc.boolean()).map(([values, isLoud]): IDataObject => ({
					...values,
					email1: isLoud ? address(number).toUpperCase() : address(number),
				})),
			),
		),
	);

/** A way to upsert the items: in one run or in several, with the module read at once or not. */
interface Way {
	total: 'all' | 'missing';
	isOneRun: boolean;
	parallelRequests: number;
}

const AT_ONCE: Way = { total: 'all', isOneRun: true, parallelRequests: 8 };
const WAYS: Way[] = [
	{ total: 'missing', isOneRun: true, parallelRequests: 8 },
	{ total: 'all', isOneRun: true, parallelRequests: 1 },
	{ total: 'all', isOneRun: false, parallelRequests: 1 },
];

interface Result {
	outputs: IDataObject[];
	records: unknown[];
	writes: number;
	lookups: number;
}

async function upsert(
	records: Array<[number, IDataObject]>,
	items: INodeExecutionData[],
	{ total, isOneRun, parallelRequests }: Way,
	skipUnchanged = true,
): Promise<Result> {
	sandbox.variants.total = total;
	sandbox.clear('Contact');
	for (const [index, [number, values]] of records.entries()) {
		const id = `existing-${index}`;
		sandbox.insert('Contact', { ...stored(values), id, email1: address(number) });
	}
	sandbox.clearRequests();
	const parameters: INodeParameters = upsertingInput(['email1'], {
		options: { parallelRequests, skipUnchanged },
	});
	const outputs: IDataObject[] = [];
	for (const part of isOneRun ? [items] : items.map((item) => [item])) {
		const run = await engine.run(parameters, { items: part, continueOnFail: true });
		outputs.push(...run.items.map(({ json }) => json));
	}
	const lookups = sentTo(sandbox).filter((sent) => sent.startsWith('GET')).length;
	return { outputs: outputs.map(named), records: contents(), writes: writes(), lookups };
}

/** What an insert takes: it has no codec. */
const stored = ({ categories, ...values }: IDataObject): IDataObject => ({
	...values,
	birthdate: String(values.birthdate).slice(0, 10),
	categories: Array.isArray(categories) ? categories.join('^,^') : categories,
	do_not_call: values.do_not_call === true || values.do_not_call === '1' ? 1 : 0,
});

const writes = () => writesOf(sandbox).length;

/** New records have other ids each time: they are known by their addresses. */
const named = ({ id, ...json }: IDataObject): IDataObject => {
	const isOld = String(id ?? '').startsWith('existing-');
	return { ...json, id: isOld ? id : typeof id };
};

/** Without the traces of a change, and with one form of nothing. */
const contents = () =>
	sandbox
		.records('Contact')
		.map(({ id, ...row }) => ({
			...Object.fromEntries(
				Object.entries(row).filter(([name, value]) => !/^date_(mod|ent)/.test(name) && value),
			),
			id: id.startsWith('existing-') ? id : '',
		}))
		.map((row) => JSON.stringify(row, Object.keys(row).sort()))
		.sort();

const verbless = (outputs: IDataObject[]) =>
	outputs.map(({ _upsert, ...json }) => ({
		...json,
		_upsert: _upsert === 'unchanged' ? 'updated' : _upsert,
	}));

let saved = 0;

it('Records that are read at once, looked up alone, or written without a look, end the same', async () => {
	await fc.assert(
		fc.asyncProperty(existing, feed, async (records, values) => {
			const items = itemsOf(values);
			const atOnce = await upsert(records, items, AT_ONCE);
			for (const way of WAYS) {
				const other = await upsert(records, items, way);
				expect([way, other.outputs]).toEqual([way, atOnce.outputs]);
				expect([way, other.records]).toEqual([way, atOnce.records]);
				expect([way, other.writes]).toEqual([way, atOnce.writes]);
				saved += other.lookups - atOnce.lookups;
			}
			const always = await upsert(records, items, AT_ONCE, false);
			expect(verbless(always.outputs)).toEqual(verbless(atOnce.outputs));
			expect(always.records).toEqual(atOnce.records);
			expect(always.writes).toBeGreaterThanOrEqual(atOnce.writes);
		}),
		{ seed: SEED, numRuns: FEEDS },
	);
	expect(saved).toBeGreaterThan(0);
}, 240_000);
