import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { upserting } from '../upserting.cts';

/** What isn't known of 1CRM: the tests say what a result has on either server. */
const { sandbox, engine } = engineWithSandbox();

const record = (operation: string, module: string, rest: INodeParameters): INodeParameters => ({
	resource: 'record',
	operation,
	module,
	...rest,
});

const values = (value: INodeParameters) => ({ fields: { mappingMode: 'defineBelow', value } });

beforeEach(() => {
	for (const model of ['Account', 'Contact', 'Note', 'Task']) sandbox.clear(model);
});

it.each(['lost', 'kept'] as const)('keeps a date-time where ISO 8601 is %s', async (variant) => {
	sandbox.variants.isoDateTimes = variant;
	const given = { name: 'Call back', date_due: '2026-07-14T09:30:00Z' };
	const [{ id }] = await engine.items(record('create', 'Task', values(given)));
	expect(sandbox.record('Task', String(id))?.date_due).toBe('2026-07-14 09:30:00');
});

it.each([true, false])('keeps a list of choices where arrays count: %s', async (variant) => {
	sandbox.variants.multiSelectArrays = variant;
	const given = { last_name: 'Berg', newsletter_topics: '={{ ["Tips", "Product News"] }}' };
	const [{ id }] = await engine.items(record('create', 'Contact', values(given)));
	expect(sandbox.record('Contact', String(id))?.newsletter_topics).toBe('Tips^,^Product News');
});

it.each([
	['whole', ['Adler']],
	['any', ['Adler', 'Berg']],
] as const)('returns the records whose choices equal by %s', async (variant, names) => {
	sandbox.variants.multiSelectEquals = variant;
	sandbox.insert('Contact', { last_name: 'Adler', categories: 'Customers' });
	sandbox.insert('Contact', { last_name: 'Berg', categories: 'Customers^,^Suppliers' });
	sandbox.insert('Contact', { last_name: 'Clee', categories: 'Suppliers' });
	const condition = { filter: 'categories', operator: 'eq', value: 'Customers' };
	const found = await engine.items(
		record('search', 'Contact', {
			returnFields: ['last_name'],
			filters: { conditions: [condition] },
		}),
	);
	expect(found.map(({ last_name }) => last_name).sort()).toEqual(names);
});

describe('a condition with several values', () => {
	const search = (operator: string): INodeParameters => {
		const condition = { filter: 'loyalty_level', operator, value: 'gold, silver' };
		return record('search', 'Contact', {
			returnFields: ['last_name'],
			filters: { conditions: [condition] },
		});
	};

	beforeEach(() => {
		sandbox.insert('Contact', { last_name: 'Adler', loyalty_level: 'gold' });
	});

	it.each([
		['several', 1],
		['one', 0],
	] as const)("with 'Is Any Of', taken for %s, finds %d", async (variant, count) => {
		sandbox.variants.joinedValues = variant;
		expect(await engine.items(search('any_of'))).toHaveLength(count);
	});

	it("with 'Is None Of' fails at a record that has one, where they are taken for one", async () => {
		sandbox.variants.joinedValues = 'one';
		await expect(engine.items(search('not_any_of'))).rejects.toThrow(
			'1CRM didn\'t apply the operator "not_any_of"',
		);
	});
});

it.each([true, false])('asks for a check of a change, obeyed or not: %s', async (variant) => {
	sandbox.variants.duplicatesOnChange = variant;
	sandbox.insert('Account', { name: 'Birch Media' });
	const given = { id: 'chosen-id', name: 'Birch Media' };
	const parameters = {
		...upserting(given, ['id'], { options: { checkDuplicates: true } }),
		module: 'Account',
	};
	const { items } = await engine.run(parameters, { continueOnFail: true });
	const [{ json }] = items;
	expect('error' in json).toBe(variant);
	expect(sandbox.records('Account')).toHaveLength(variant ? 1 : 2);
});

it.each(['lost', 'kept'] as const)(
	'gives each note its own file where a used upload is %s',
	async (variant) => {
		sandbox.variants.usedUpload = variant;
		const binary = (text: string) => ({
			data: {
				data: Buffer.from(text).toString('base64'),
				mimeType: 'text/plain',
				fileName: 'a.txt',
			},
		});
		const parameters = { resource: 'file', operation: 'upload', attachTo: 'note' };
		const texts = ['First', 'Second'];
		const { items } = await engine.run(parameters, {
			items: texts.map((text) => ({ json: {}, binary: binary(text) })),
		});
		const notes = items.map(({ json }) => String(json.recordId));
		expect(notes.map((id) => sandbox.file(id)?.size)).toEqual(texts.map(({ length }) => length));
	},
);

it.each(['ignore', 'error'] as const)(
	'sends no unknown sort field to a server that would meet it with: %s',
	async (variant) => {
		sandbox.variants.unknownOrder = variant;
		const error = await engine.failure(
			record('search', 'Contact', { options: { sortField: 'lastname' } }),
		);
		expect(error.message).toBe('\'Sort Field\' is "lastname", which Contact does not have');
	},
);

it.each([
	['leftOut', ['Adler', 'Berg']],
	['noRows', []],
] as const)('says what an unknown field may bring: %s', async (variant, names) => {
	sandbox.variants.unknownFields = variant;
	for (const last_name of ['Adler', 'Berg']) sandbox.insert('Contact', { last_name });
	const { items, hints } = await engine.run(
		record('search', 'Contact', { returnAll: true, returnFields: ['last_name', 'any_email'] }),
	);
	expect(items.map(({ json }) => json.last_name).sort()).toEqual(names);
	expect(hints.map(({ message }) => message)).toEqual([
		'1CRM lists no such fields of Contact, so they may be missing in the output, and a list with them may be empty: any_email',
	]);
});
