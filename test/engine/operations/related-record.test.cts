import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { relating } from './relating.cts';

const { sandbox, engine } = engineWithSandbox();
let account: string;
let contacts: string[];

beforeEach(() => {
	sandbox.clear('Account');
	sandbox.clear('Contact');
	account = sandbox.insert('Account', { name: 'Berg' });
	contacts = ['Ada', 'Eva', 'Ida'].map((last_name) => sandbox.insert('Contact', { last_name }));
});

const PATH = () => `/data/Account/${account}/contacts`;
const linked = () => [...sandbox.linked('Account', account, 'contacts').keys()];
const linkAll = () => engine.items(relating('add', account, { relatedIds: contacts }));

describe('add', () => {
	it('links several records with one request and gives an item for each', async () => {
		const items = await linkAll();
		expect(items).toEqual(
			contacts.map((relatedId) => ({ id: account, link: 'contacts', relatedId, linked: true })),
		);
		expect(linked()).toEqual(contacts);
		expect(workOf(sandbox)).toMatchObject([
			{ method: 'POST', path: PATH(), body: { records: contacts, records_with_data: [] } },
		]);
	});

	it.each<[string, (ids: string[]) => INodeParameters['relatedIds']]>([
		['an array', (ids) => ids],
		['an expression that gives an array', (ids) => `={{ ${JSON.stringify(ids)} }}`],
		['a text with commas', (ids) => ids.join(', ')],
		['a text with blanks, empty parts and one twice', (ids) => ` ${ids.join(',,')},${ids[0]}, `],
	])('takes the ids as %s', async (_what, relatedIds) => {
		const items = await engine.items(
			relating('add', account, { relatedIds: relatedIds(contacts) }),
		);
		expect(items.map(({ relatedId }) => relatedId)).toEqual(contacts);
		expect(linked()).toEqual(contacts);
	});

	it('refuses a value of the relation that an expression lacks', async () => {
		const fields = [{ name: 'quantity', value: '={{ $json.quantity }}' }];
		const error = await engine.failure(
			relating('add', account, { relatedIds: contacts, relationFields: { fields } }),
		);
		expect(error.message).toBe(
			`The expression in 'Relation Fields' has an empty result, which would leave out "quantity"`,
		);
		expect(linked()).toEqual([]);
	});

	it('writes what belongs to the relation with each record', async () => {
		const [one, two] = contacts;
		const fields = [
			{ name: 'quantity', value: '3' },
			{ name: 'role', value: 'Buyer' },
			{ name: '', value: 'left out' },
		];
		await engine.items(
			relating('add', account, { relatedIds: [one, two], relationFields: { fields } }),
		);
		expect(workOf(sandbox)[0].body).toEqual({
			records: [],
			records_with_data: [
				{ id: one, quantity: '3', role: 'Buyer' },
				{ id: two, quantity: '3', role: 'Buyer' },
			],
		});
		const data = { quantity: '3', role: 'Buyer' };
		expect([...sandbox.linked('Account', account, 'contacts')]).toEqual([
			[one, data],
			[two, data],
		]);
	});

	it('takes expressions for the fields of the relation', async () => {
		const relationFields = { fields: [{ name: '={{ "quantity" }}', value: '={{ 2 }}' }] };
		await engine.items(relating('add', account, { relatedIds: contacts[0], relationFields }));
		expect([...sandbox.linked('Account', account, 'contacts')]).toEqual([
			[contacts[0], { quantity: 2 }],
		]);
	});

	it('links nothing when one of the records is not there', async () => {
		const relatedIds = [contacts[0], 'missing'];
		const error = await engine.failure(relating('add', account, { relatedIds }));
		expect(error.message).toBe(
			`Account "${account}" or its link "contacts", or one of the records to link, was not found`,
		);
		expect(error.context.itemIndex).toBe(0);
		expect(linked()).toEqual([]);
	});
});

describe('remove', () => {
	it('unlinks several records and leaves them as they are', async () => {
		await linkAll();
		sandbox.clearRequests();
		const [one, two, three] = contacts;
		const items = await engine.items(relating('remove', account, { relatedIds: `${one},${two}` }));
		expect(items).toEqual(
			[one, two].map((relatedId) => ({ id: account, link: 'contacts', relatedId, linked: false })),
		);
		expect(linked()).toEqual([three]);
		expect(sandbox.records('Contact')).toHaveLength(3);
		expect(sentTo(sandbox)).toEqual([`DELETE ${PATH()}/${one}`, `DELETE ${PATH()}/${two}`]);
	});

	it('is content with what is not linked', async () => {
		const [item] = await engine.items(relating('remove', account, { relatedIds: 'missing' }));
		expect(item).toMatchObject({ relatedId: 'missing', linked: false });
	});

	it('stops at the first that fails, and names it and those before it', async () => {
		await linkAll();
		sandbox.clearRequests();
		const [one, two, three] = contacts;
		sandbox.failNext(
			{ kind: 'status', status: 404, message: 'Not found' },
			{ method: 'DELETE', path: new RegExp(two) },
		);
		const error = await engine.failure(relating('remove', account, { relatedIds: contacts }));
		expect(error.message).toMatch(
			new RegExp(`^"${one}" was unlinked, but not "${two}": .+ was not found$`),
		);
		expect(linked()).toEqual([two, three]);
		expect(sentTo(sandbox)).toHaveLength(2);
	});
});

describe('names of record and link', () => {
	it.each<[string, () => INodeParameters]>([
		['plain texts', () => ({ module: 'Account', recordId: account, link: 'contacts' })],
		[
			'locators',
			() => ({
				module: { __rl: true, mode: 'list', value: 'Account' },
				recordId: { __rl: true, mode: 'id', value: account },
				link: { __rl: true, mode: 'name', value: ' contacts ' },
			}),
		],
		[
			'an address in 1CRM and expressions',
			() => ({
				module: { __rl: true, mode: 'name', value: '={{ "Account" }}' },
				recordId: {
					__rl: true,
					mode: 'url',
					value: `https://crm.example/index.php?module=Accounts&action=DetailView&record=${account}`,
				},
				link: { __rl: true, mode: 'name', value: '={{ "contacts" }}' },
			}),
		],
	])('may be %s', async (_what, names) => {
		const parameters = relating('add', account, { relatedIds: contacts[0], ...names() });
		await engine.items(parameters);
		expect(linked()).toEqual([contacts[0]]);
	});

	it.each(['getAll', 'add', 'remove'] as const)(
		'%s says that 1CRM does not know the link or the record',
		async (operation) => {
			const relatedIds = contacts[0];
			for (const [recordId, link, told] of [
				[account, 'friends', 'Link friends not found'],
				['missing', 'contacts', 'Account "missing" or its link "contacts"'],
			]) {
				const error = await engine.failure(relating(operation, recordId, { link, relatedIds }));
				expect(error.message).toContain(told);
				expect(error.description).toContain("the link's name");
				expect(error.context.itemIndex).toBe(0);
			}
		},
	);

	it('are told as 1CRM does where it does not know the link and answers with 400', async () => {
		sandbox.variants.unknownLink = 'badRequest';
		const error = await engine.failure(relating('getAll', account, { link: 'friends' }));
		expect(error.message).toBe('Link friends not found');
	});

	it.each<[string, INodeParameters, string]>([
		['no link', { link: '={{ "" }}' }, "'Link' is empty"],
		['a link with a slash', { link: 'contacts/1' }, '\'Link\' cannot be "contacts/1"'],
		['a link of dots', { link: '..' }, '\'Link\' cannot be ".."'],
		['no record', { recordId: '={{ "" }}' }, "'Record' is empty"],
		['a record with a slash', { recordId: 'a/b' }, '\'Record\' cannot be "a/b"'],
		['no related ids', { relatedIds: '={{ "" }}' }, "'Related Record IDs' is empty"],
		['related ids of commas', { relatedIds: ' , ,' }, "'Related Record IDs' is empty"],
		['an empty array', { relatedIds: [] }, "'Related Record IDs' is empty"],
		[
			'an array with nothing in it',
			{ relatedIds: ['a', null] },
			"'Related Record IDs' contains an entry without an ID",
		],
		[
			'a text that was made of nothing',
			{ relatedIds: 'a,undefined' },
			`'Related Record IDs' takes one ID, not "undefined"`,
		],
		[
			'a text that was made of an object',
			{ relatedIds: '={{ "a," + {} }}' },
			`'Related Record IDs' takes one ID, not "[object Object]"`,
		],
		['nothing', { relatedIds: '={{ null }}' }, "'Related Record IDs' is empty"],
		[
			'a related id with a slash',
			{ relatedIds: ['a', 'b/c'] },
			"'Related Record IDs' cannot be \"b/c\": an ID doesn't contain slashes",
		],
	])('are refused before anything is sent: %s', async (_what, rest, message) => {
		for (const operation of ['add', 'remove'] as const) {
			const parameters = relating(operation, account, { relatedIds: contacts[0], ...rest });
			const error = await engine.failure(parameters);
			expect(error.message).toContain(message);
			expect(error.context.itemIndex).toBe(0);
		}
		expect(sandbox.requests.filter(({ path }) => path.startsWith('/data'))).toEqual([]);
	});
});

describe.each(['add', 'remove'] as const)('%s for several items', (operation) => {
	it('goes on behind one that fails, in order', async () => {
		if (operation === 'remove') await linkAll();
		const items = [contacts[0], '', contacts[2]].map((id) => ({ json: { id } }));
		const { items: outputs } = await engine.run(
			relating(operation, account, { relatedIds: '={{ $json.id }}' }),
			{ items, continueOnFail: true },
		);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(outputs[1].json.error).toBe("'Related Record IDs' is empty");
		expect(outputs[2].json).toMatchObject({ relatedId: contacts[2] });
		expect(linked()).toEqual(operation === 'add' ? [contacts[0], contacts[2]] : [contacts[1]]);
	});

	it('says what the server said', async () => {
		sandbox.failNext({ kind: 'status', status: 500, message: 'Broken' }, { path: /contacts/ });
		const error = await engine.failure(relating(operation, account, { relatedIds: contacts[0] }));
		expect(error.message).toBe('Broken');
	});
});
