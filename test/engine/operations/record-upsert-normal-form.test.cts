import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Variants } from '../../sandbox/variants.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemsOf, upserting, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	for (const model of ['Contact', 'Opportunity']) sandbox.clear(model);
});

const DECOMPOSED = 'Mu\u0308ller';
const COMPOSED = 'M\u00fcller';

/** Each time as an execution of its own. */
async function verbsOf(parameters: INodeParameters, times = 3): Promise<unknown[]> {
	const verbs: unknown[] = [];
	for (let run = 0; run < times; run++) {
		const [{ _upsert }] = await engine.items(parameters);
		verbs.push(_upsert);
	}
	return verbs;
}

describe('A value to match on is looked up, compared and written in one form:', () => {
	it.each<[string, string, string, string]>([
		['a blank before', 'email1', ' a@x.example', 'a@x.example'],
		['a blank behind', 'email1', 'a@x.example ', 'a@x.example'],
		['a tab', 'email1', '\ta@x.example', 'a@x.example'],
		['a line break', 'last_name', 'Berg\n', 'Berg'],
		['a blank that does not break', 'last_name', '\u00a0Berg', 'Berg'],
		['a byte order mark', 'last_name', '\ufeffBerg', 'Berg'],
		['a blank without width', 'email1', 'a@x.example\u200b ', 'a@x.example'],
		['a letter in two parts', 'last_name', DECOMPOSED, COMPOSED],
		['a phone number', 'phone_work', ' +43 1 555 ', '+43 1 555'],
	])('%s in %s makes no second record', async (_what, column, value, written) => {
		const values = { last_name: 'Berg', [column]: value };
		expect(await verbsOf(upserting(values, [column]))).toEqual([
			'created',
			'unchanged',
			'unchanged',
		]);
		expect(sandbox.records('Contact')).toMatchObject([{ [column]: written }]);
	});

	it('the output has what was written', async () => {
		const values = { last_name: 'Berg', email1: ' a@x.example ' };
		const [created] = await engine.items(upserting(values, ['email1']));
		expect(created).toMatchObject({ email1: 'a@x.example' });
	});

	it.each([
		['composed and decomposed', COMPOSED, DECOMPOSED],
		['blanks', 'Berg', ' Berg\u00a0'],
		['case', 'BERG', 'berg'],
	])('items that differ in %s are one record', async (_what, one, other) => {
		const items = itemsOf([one, other].map((last_name) => ({ last_name })));
		const upserted = await engine.items(upsertingInput(['last_name']), { items });
		expect(upserted.map(({ _upsert }) => _upsert)).toEqual(['created', 'unchanged']);
		expect(sandbox.records('Contact')).toHaveLength(1);
	});

	it('a record that has the letter in two parts is recognised', async () => {
		const id = sandbox.insert('Contact', { last_name: DECOMPOSED });
		const values = { last_name: COMPOSED, title: 'Head' };
		expect(await engine.items(upserting(values, ['last_name']))).toMatchObject([{ id }]);
		expect(sandbox.records('Contact')).toHaveLength(1);
	});
});

describe('A value that identifies nobody', () => {
	it.each(['n/a', 'unknown', '-', '+', '( )', '--', 'x'])(
		'is refused as a phone number, before two meet: %j',
		async (phone_work) => {
			const people = ['Ada', 'Ben'].map((last_name) => ({ last_name, phone_work }));
			const run = await engine.run(upsertingInput(['phone_work']), {
				items: itemsOf(people),
				continueOnFail: true,
			});
			expect(run.items.map(({ json }) => json.error)).toEqual([
				expect.stringContaining(`(phone_work) is used for matching but "${phone_work}"`),
				expect.stringContaining(`(phone_work) is used for matching but "${phone_work}"`),
			]);
			expect(sentTo(sandbox)).toEqual([]);
		},
	);

	it.each(['\u200b', '\u00a0', '\ufeff', '\u2060 \u200b', '\u3000'])(
		'is refused as a text that shows nothing: %j',
		async (last_name) => {
			const items = itemsOf([{ last_name }, { last_name }]);
			const run = await engine.run(upsertingInput(['last_name']), { items, continueOnFail: true });
			const said = expect.stringContaining('has no value');
			expect(run.items.map(({ json }) => json.error)).toEqual([said, said]);
			expect(sentTo(sandbox)).toEqual([]);
		},
	);

	it('does not keep the others from being written', async () => {
		const people = ['n/a', '555 1234', 'n/a', '555 9999'].map((phone_work, index) => ({
			last_name: `Name ${index}`,
			phone_work,
		}));
		const run = await engine.run(upsertingInput(['phone_work']), {
			items: itemsOf(people),
			continueOnFail: true,
		});
		expect(run.items.map(({ json }) => json._upsert)).toEqual([
			undefined,
			'created',
			undefined,
			'created',
		]);
	});
});

describe('Phone numbers', () => {
	it.each([
		['555 1234 ext. 5', '555 12345'],
		['555 1234 ext 5', '555 1234 5'],
		['555 1234 x5', '555 12345'],
		['555 1234 #5', '555 12345'],
		['555 1234;ext=5', '555 12345'],
		['555 1234 DW 5', '5551234-5'],
	])('%s and %s are two', async (one, other) => {
		const people = [one, other].map((phone_work) => ({ last_name: 'Berg', phone_work }));
		await engine.items(upsertingInput(['phone_work']), { items: itemsOf(people) });
		expect(sandbox.records('Contact')).toHaveLength(2);
	});

	it.each([
		['+43 1 5550100', '+43-1-555 01 00'],
		['(01) 555 0100', '01/5550100'],
		['555 1234 ext. 5', '555-1234 x 5'],
		['Tel. 555 1234', '555 1234'],
		['555 1234 (home)', '5551234'],
		['\uff15\uff15\uff15 1234', '555 1234'],
	])('%s and %s are one', async (one, other) => {
		const people = [one, other].map((phone_work) => ({ last_name: 'Berg', phone_work }));
		await engine.items(upsertingInput(['phone_work']), { items: itemsOf(people) });
		expect(sandbox.records('Contact')).toHaveLength(1);
	});
});

describe.each<Variants['switches']>(['1/0', 'true/false', 'on/off', 'yes/no', '1/null'])(
	'A switch that the server writes as %s',
	(switches) => {
		it.each([true, false])('is recognised when it is %s', async (do_not_call) => {
			sandbox.variants.switches = switches;
			const values = { last_name: 'Berg', do_not_call, title: 'Head' };
			const verbs = await verbsOf(upserting(values, ['last_name', 'do_not_call']));
			expect(verbs).toEqual(['created', 'unchanged', 'unchanged']);
			expect(sandbox.records('Contact')).toHaveLength(1);
		});

		it.each([true, false])('is recognised by itself when it is %s', async (do_not_call) => {
			sandbox.variants.switches = switches;
			const values = { last_name: 'Berg', do_not_call };
			const verbs = await verbsOf(upserting(values, ['do_not_call']));
			expect(verbs).toEqual(['created', 'unchanged', 'unchanged']);
		});

		it('keeps the two apart', async () => {
			sandbox.variants.switches = switches;
			const people = [true, false].map((do_not_call) => ({ last_name: 'Berg', do_not_call }));
			const parameters = upsertingInput(['last_name', 'do_not_call']);
			await engine.items(parameters, { items: itemsOf(people) });
			await engine.items(parameters, { items: itemsOf(people) });
			expect(sandbox.records('Contact')).toHaveLength(2);
		});
	},
);

describe('Decimals', () => {
	const deal = (amount: string): IDataObject => ({
		name: 'Deal',
		date_closed: '2026-12-01',
		sales_stage: 'Prospecting',
		amount,
	});
	const opportunity = (amount: string) =>
		upserting({ name: 'Deal', amount, next_step: 'Call' }, ['name', 'amount'], {
			module: 'Opportunity',
		});

	async function isFound(stored: string, wanted: string): Promise<boolean> {
		const id = sandbox.insert('Opportunity', deal('1'));
		const body = { records: [{ id, name: 'Deal', amount: stored }], total_results: 1 };
		const lookup = { method: 'GET', path: /^\/data\/Opportunity$/ };
		sandbox.failNext({ kind: 'status', status: 200, body }, lookup);
		const { items } = await engine.run(opportunity(wanted), { continueOnFail: true });
		return items[0].json.id === id;
	}

	it.each([
		['9007199254740993.00', '9007199254740992'],
		['9007199254740993', '9007199254740993.01'],
		['0.10000000000000000001', '0.1'],
		['123456789012345678.91', '123456789012345678.92'],
	])('%s is not %s', async (stored, wanted) => {
		expect(await isFound(stored, wanted)).toBe(false);
	});

	it.each([
		['9007199254740993.00', '9007199254740993'],
		['5.00', '005'],
		['-0.00', '0'],
		['1.50', '1.5'],
		['-3.10', '-3.1'],
	])('%s is %s', async (stored, wanted) => {
		expect(await isFound(stored, wanted)).toBe(true);
	});
});

describe.each<Variants['htmlEntities']>(['plain', 'stored'])(
	'On a server that keeps texts %s',
	(htmlEntities) => {
		it.each(["O'Brien", 'Berg & Sons', '<Berg>', 'The "Berg"', 'A&B'])(
			'%s is one record',
			async (last_name) => {
				sandbox.variants.htmlEntities = htmlEntities;
				const verbs = await verbsOf(upserting({ last_name, title: 'Head' }, ['last_name']));
				expect(verbs).toEqual(['created', 'unchanged', 'unchanged']);
				expect(sandbox.records('Contact')).toHaveLength(1);
			},
		);
	},
);

it.each(['O&#039;Brien', 'O&#39;Brien', 'O&apos;Brien', 'O&#x27;Brien'])(
	'recognises %s for what it means',
	async (shown) => {
		const id = sandbox.insert('Contact', { last_name: 'x' });
		const body = { records: [{ id, last_name: shown }], total_results: 1 };
		sandbox.failNext(
			{ kind: 'status', status: 200, body },
			{ method: 'GET', path: /^\/data\/Contact$/ },
		);
		const values = { last_name: "O'Brien", title: 'Head' };
		expect(await engine.items(upserting(values, ['last_name']))).toMatchObject([{ id }]);
		expect(writesOf(sandbox).map(({ method }) => method)).toEqual(['PATCH']);
		expect(workOf(sandbox)[0].query.filters).toMatchObject({ last_name: "O'Brien" });
	},
);
