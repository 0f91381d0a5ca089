import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';
import { itemsOf, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();
let existing: string;

beforeEach(() => {
	sandbox.clear('Contact');
	existing = sandbox.insert('Contact', { ...ada, email1: 'old@berg.example' });
});

const ada = { first_name: 'Ada', last_name: 'Berg', email1: 'new@berg.example' };

const checked = (checkDuplicates: boolean) =>
	upsertingInput(['email1'], { options: { checkDuplicates, parallelRequests: 1 } });

it.each([
	['list', (id: string) => `Possible duplicate: Ada Berg (${id})`],
	['string', (id: string) => `Possible duplicate: Ada Berg (${id})`],
	['map', (id: string) => `first_name: Possible duplicate: Ada Berg (${id})`],
	['status400', (id: string) => `Contact exists: ${id}`],
] as const)(
	'refuses a new record that has a duplicate, told as %s, and goes on',
	async (variant, message) => {
		sandbox.variants.duplicates = variant;
		const eva = { ...ada, first_name: 'Eva', email1: 'eva@berg.example' };
		const { items } = await engine.run(checked(true), {
			items: itemsOf([ada, eva, ada]),
			continueOnFail: true,
		});
		expect(items.map(({ json }) => json.error ?? json._upsert)).toEqual([
			message(existing),
			'created',
			message(existing),
		]);
		expect(items[0].error?.context.itemIndex).toBe(0);
		expect(sandbox.records('Contact')).toHaveLength(2);
	},
);

it('does not check unless told to', async () => {
	const [created] = await engine.items(checked(false), { items: itemsOf([ada]) });
	expect(created._upsert).toBe('created');
	expect(writesOf(sandbox)[0].query).toEqual({});
});

it('asks for the check where a record is created, not where one is updated', async () => {
	sandbox.insert('Contact', { ...ada, first_name: 'Ina', email1: 'ina@berg.example' });
	const ina = { ...ada, email1: 'ina@berg.example' };
	const eva = { ...ada, first_name: 'Eva', email1: 'eva@berg.example' };
	const upserted = await engine.items(checked(true), { items: itemsOf([ina, eva]) });
	expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['updated', 'created']);
	expect(
		workOf(sandbox)
			.filter(({ method }) => method !== 'GET')
			.map(({ method, query }) => ({ method, query })),
	).toEqual([
		{ method: 'PATCH', query: {} },
		{ method: 'POST', query: { check_duplicates: '1' } },
	]);
});
