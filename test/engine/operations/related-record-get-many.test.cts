import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';
import { workOf } from '../sent.cts';
import { relating } from './relating.cts';

const COUNT = 450;

const { sandbox, engine } = engineWithSandbox({ variants: { limitAboveMax: 'reject' } });
let account: string;
let empty: string;
let contacts: string[];

beforeAll(async () => {
	account = sandbox.insert('Account', { name: 'Berg' });
	empty = sandbox.insert('Account', { name: 'Empty' });
	contacts = Array.from({ length: COUNT }, (_, index) =>
		sandbox.insert('Contact', { last_name: `Name ${index}`, do_not_call: index % 2 }),
	);
	await engine.items(relating('add', account, { relatedIds: contacts }));
});

const getting = (rest: INodeParameters = {}) => relating('getAll', account, rest);
const idsOf = async (parameters: INodeParameters) =>
	(await engine.items(parameters)).map(({ id }) => id);

it('gives all of them, in order and each once, over several pages', async () => {
	expect(await idsOf(getting({ returnAll: true }))).toEqual([...contacts].sort());
	expect(workOf(sandbox).map(({ query }) => query.offset)).toEqual(['0', '200', '400']);
	expect(workOf(sandbox)[0].path).toBe(`/data/Account/${account}/contacts`);
});

it.each([
	[1, 1],
	[200, 1],
	[201, 2],
	[1000, 3],
])('gives up to %i', async (limit, requests) => {
	expect(await idsOf(getting({ limit }))).toEqual(
		(limit > 200 ? [...contacts].sort() : contacts).slice(0, limit),
	);
	expect(workOf(sandbox)).toHaveLength(requests);
});

it('gives 50 unless told otherwise', async () => {
	expect(await idsOf(getting())).toEqual(contacts.slice(0, 50));
});

it('gives nothing where nothing is linked', async () => {
	const { items, error } = await engine.run(relating('getAll', empty, { returnAll: true }));
	expect(error).toBeUndefined();
	expect(items).toEqual([]);
});

it('leaves closed records out as 1CRM does, unless told otherwise', async () => {
	const customer = sandbox.insert('Account', { name: 'Customer' });
	for (const quote_stage of ['Draft', 'Closed Accepted']) {
		sandbox.insert('Quote', { name: quote_stage, billing_account_id: customer, quote_stage });
	}
	const quotes = async (options: INodeParameters) =>
		await engine.items(relating('getAll', customer, { link: 'quotes', options }));
	expect(await quotes({})).toMatchObject([{ name: 'Draft' }]);
	expect(await quotes({ includeClosed: true })).toHaveLength(2);
});

it.each<[string, INodeParameters['returnFields']]>([
	['an array', ['title', 'do_not_call']],
	['a text', 'title, do_not_call'],
])('asks for the fields given as %s, with the id', async (_what, returnFields) => {
	const [first] = await engine.items(getting({ limit: 1, returnFields }));
	expect(workOf(sandbox)[0].query.fields).toEqual(['id', 'title', 'do_not_call']);
	expect(first).toMatchObject({ id: contacts[0], do_not_call: '0' });
});

it('converts the values of a module that is known to be behind the link', async () => {
	const rest = { limit: 2, returnFields: 'do_not_call', options: { convertValues: true } };
	const records = await engine.items(getting(rest));
	expect(records.map(({ do_not_call }) => do_not_call)).toEqual([false, true]);
});

it('gives the values as they are where the module behind the link is not known', async () => {
	sandbox.insert('Opportunity', { name: 'Deal', account_id: account, amount: '12.50' });
	const rest = { link: 'opportunities', returnFields: 'amount', options: { convertValues: true } };
	expect(await engine.items(getting(rest))).toMatchObject([{ amount: '12.50' }]);
	// Once, however many items there are.
	expect(await hintsOf(engine, getting(rest), [{}, {}, {}])).toMatchObject([
		{ message: expect.stringMatching(/^'Convert Values' left the records of the link "opp/) },
	]);
});

it('pairs each record with its item and goes on behind a failure', async () => {
	sandbox.insert('Contact', { last_name: 'Not linked' });
	const items = [empty, 'missing', account].map((id) => ({ json: { id } }));
	const { items: outputs } = await engine.run(relating('getAll', '={{ $json.id }}', { limit: 2 }), {
		items,
		continueOnFail: true,
	});
	expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 1 },
		{ item: 2 },
		{ item: 2 },
	]);
	expect(outputs[0].json.error).toEqual(expect.any(String));
});

it('fails as a whole when a page does', async () => {
	const broken = { kind: 'status' as const, status: 500, message: 'Broken' };
	// A list that is refused once may only be refused in the order of its ids.
	sandbox.failNext(broken, { path: /contacts$/, times: 2 });
	const error = await engine.failure(getting({ returnAll: true }));
	expect(error.message).toBe('Broken');
});

it('never takes a web page for an empty list', async () => {
	sandbox.failNext({ kind: 'html' }, { path: /contacts$/ });
	const error = await engine.failure(getting());
	expect(error.message).toBe("This address doesn't answer like a 1CRM API");
});
