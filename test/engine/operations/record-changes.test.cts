import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PublishedWorkflow } from '../../support/engine/engine.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { until } from '../../support/until.cts';

let now = Date.parse('2026-07-14T12:00:00Z');
const second = (from: number) => new Date(from * 1000).toISOString().slice(0, 19).replace('T', ' ');

const { sandbox, engine } = engineWithSandbox({ perTest: true, clock: () => new Date(now) });

let published: PublishedWorkflow;
let count = 0;
beforeEach(() => {
	now = Date.parse('2026-07-14T12:00:00Z');
	vi.spyOn(Date, 'now').mockImplementation(() => now);
	published = { id: `changes ${++count}`, staticData: {} };
});

const getting = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'getChanges',
	module: 'Account',
	...rest,
});

const changes = async (rest: INodeParameters = {}): Promise<IDataObject[]> =>
	await engine.items(getting(rest), { published });

/** In short: `created Berg`. */
const changed = async (rest: INodeParameters = {}): Promise<string[]> =>
	(await changes(rest)).map(({ event, record }) => `${event} ${(record as IDataObject).name}`);

const insert = (name: string, rest: object = {}) => sandbox.insert('Account', { name, ...rest });
const update = (id: string, name: string) => sandbox.update('Account', id, { name });
const pass = (seconds: number) => (now += seconds * 1000);

it('returns nothing the first time, and then what is new', async () => {
	insert('Old');
	expect(await changes()).toEqual([]);
	pass(60);
	const id = insert('Berg');
	expect(await changes()).toEqual([
		{
			event: 'created',
			module: 'Account',
			recordId: id,
			record: expect.objectContaining({ id, name: 'Berg', is_supplier: '0' }),
		},
	]);
	expect(await changes()).toEqual([]);
});

it('begins with the empty module that it found', async () => {
	expect(await changed()).toEqual([]);
	insert('Berg');
	expect(await changed()).toEqual(['created Berg']);
	expect(await changed()).toEqual([]);
});

it('tells what was created from what was updated', async () => {
	const old = insert('Old');
	await changes();
	pass(60);
	const fresh = insert('Fresh');
	update(old, 'Older');
	expect(await changed()).toEqual(expect.arrayContaining(['created Fresh', 'updated Older']));
	pass(3);
	update(fresh, 'Fresher');
	expect(await changed()).toEqual(['updated Fresher']);
	pass(600);
	update(fresh, 'Freshest');
	expect(await changed()).toEqual(['updated Freshest']);
});

it('returns a record that was created and changed meanwhile once, as created', async () => {
	await changes();
	const id = insert('Berg');
	pass(5);
	update(id, 'Berg & Tal');
	expect(await changed()).toEqual(['created Berg & Tal']);
});

it('returns the oldest first', async () => {
	await changes();
	for (const name of ['One', 'Two', 'Three']) {
		insert(name);
		pass(1);
	}
	expect(await changed()).toEqual(['created One', 'created Two', 'created Three']);
});

describe('At the border of two runs', () => {
	it('each state within one second comes once', async () => {
		const id = insert('A');
		await changes();
		for (const name of ['B', 'C', 'B', 'A']) {
			update(id, name);
			expect(await changed()).toEqual([`updated ${name}`]);
			expect(await changed()).toEqual([]);
		}
	});

	it('a record that is stored late, with an older time, comes', async () => {
		insert('Old');
		await changes();
		pass(60);
		insert('Berg');
		expect(await changed()).toEqual(['created Berg']);
		insert('Late', { date_entered: second(now / 1000 - 4), date_modified: second(now / 1000 - 4) });
		expect(await changed()).toEqual(['created Late']);
		expect(await changed()).toEqual([]);
	});

	it('many records of one second come once each', async () => {
		await changes();
		const ids = Array.from({ length: 950 }, (_, index) => insert(`Name ${index}`));
		const found = await changes();
		expect(found.map(({ recordId }) => recordId).sort()).toEqual(ids.sort());
		insert('One more');
		expect(await changed()).toEqual(['created One more']);
	});
});

it.each(['served', 'ignored', 'error'] as const)(
	'misses none of a second if sorting by the ID is %s',
	async (sortingById) => {
		sandbox.variants.sortingById = sortingById;
		insert('Old');
		await changes();
		pass(60);
		const all: string[] = [];
		for (const size of [3, 150, 90, 700]) {
			for (let index = 0; index < size; index++) all.push(insert(`Name ${index}`));
			pass(1);
		}
		const found = await changes();
		expect(found.map(({ recordId }) => recordId).sort()).toEqual(all.sort());
		expect(await changes()).toEqual([]);
	},
);

it('includes records that are closed by the change', async () => {
	const id = sandbox.insert('Quote', { name: 'Offer', quote_stage: 'Draft' });
	await changes({ module: 'Quote' });
	pass(60);
	sandbox.update('Quote', id, { quote_stage: 'Closed Lost' });
	expect(await changed({ module: 'Quote' })).toEqual(['updated Offer']);
});

it('returns what meets the filters and the text, with the fields that are wanted', async () => {
	const conditions = [{ filter: 'account_type', value: 'Supplier' }];
	const wanted = { filters: { conditions }, filterText: 'Berg', returnFields: ['name'] };
	await changes(wanted);
	insert('Berg', { account_type: 'Supplier' });
	insert('Berg', { account_type: 'Customer' });
	insert('Tal', { account_type: 'Supplier' });
	const found = await changes(wanted);
	expect(found).toHaveLength(1);
	expect(Object.keys(found[0].record as object).sort()).toEqual(['_display', 'id', 'name']);
});

it('converts values', async () => {
	await changes();
	insert('Berg');
	const [{ record }] = await changes({ options: { convertValues: true } });
	expect(record).toMatchObject({ is_supplier: false, date_modified: '2026-07-14T12:00:00Z' });
});

describe('Start From', () => {
	it('returns what changed since then, the moment included, the first time', async () => {
		const start = '2026-07-14T14:00:00+02:00';
		insert('Before', { date_modified: '2026-07-14 11:59:59' });
		insert('Then', { date_modified: '2026-07-14 12:00:00' });
		pass(60);
		const options = { startFrom: start };
		expect(await changed({ options })).toEqual(['created Then']);
		expect(await changed({ options })).toEqual([]);
	});

	it('is not read again later', async () => {
		insert('Old');
		await changes();
		pass(60);
		expect(await changed({ options: { startFrom: '2026-01-01' } })).toEqual([]);
	});

	it.each(['soon', '={{ $json.missing }}'])('refuses %s', async (startFrom) => {
		const error = await engine.failure(getting({ options: { startFrom } }), { published });
		expect(error.message).toContain("Start From'");
		expect(sentTo(sandbox)).toEqual([]);
	});
});

describe('A run by hand', () => {
	it('returns the ten newest changes, the oldest of them first, and remembers nothing', async () => {
		insert('Old');
		await changes();
		const before = JSON.stringify(published.staticData);
		const names = Array.from({ length: 12 }, (_, index) => `Name ${index}`);
		for (const name of names) {
			pass(1);
			insert(name);
		}
		for (const _ of [1, 2]) {
			const found = await engine.items(getting());
			expect(found.map(({ record }) => (record as IDataObject).name)).toEqual(names.slice(2));
		}
		expect(JSON.stringify(published.staticData)).toBe(before);
		expect(await changed()).toHaveLength(12);
	});
});

describe('While pages are read', () => {
	const page = { method: 'GET', path: /^\/data\/Account$/, after: 1 };

	/** Starts a run, and does something between its first and its second page. */
	async function between(meanwhile: () => void): Promise<IDataObject[]> {
		sandbox.clearRequests();
		sandbox.hold(page);
		const running = changes();
		await until(() => sandbox.held === 1);
		meanwhile();
		sandbox.release();
		return await running;
	}

	async function fill(): Promise<string[]> {
		insert('Old');
		await changes();
		pass(60);
		const ids: string[] = [];
		for (let index = 0; index < 450; index++) {
			if (index % 40 === 0) pass(1);
			ids.push(insert(`Name ${index}`));
		}
		return ids;
	}

	it('records that change again come in their last state, in this run or the next', async () => {
		const ids = await fill();
		const found = await between(() => {
			pass(2);
			for (const [index, id] of ids.entries()) if (index % 3 === 0) update(id, `Changed ${index}`);
		});
		found.push(...(await changes()));
		const last = new Map(found.map(({ recordId, record }) => [recordId, record as IDataObject]));
		for (const [index, id] of ids.entries()) {
			expect(last.get(id)?.name).toBe(index % 3 === 0 ? `Changed ${index}` : `Name ${index}`);
		}
		const states = found.map(({ record }) => JSON.stringify(record));
		expect(new Set(states).size).toBe(states.length);
		expect(await changes()).toEqual([]);
	});

	it.each(['served', 'ignored'] as const)(
		'a deletion hides no other record (sorting by the ID: %s)',
		async (sortingById) => {
			sandbox.variants.sortingById = sortingById;
			const ids = await fill();
			const gone = ids.slice(300, 430);
			const found = await between(() => gone.forEach((id) => sandbox.delete('Account', id)));
			const missing = ids
				.filter((id) => !gone.includes(id))
				.filter((id) => found.every(({ recordId }) => recordId !== id));
			expect(missing).toEqual([]);
		},
	);
});

describe('Several runs', () => {
	it('at the same moment return each change once', async () => {
		insert('Old');
		await changes();
		pass(60);
		const ids = Array.from({ length: 30 }, (_, index) => insert(`Name ${index}`));
		// Each begins with what n8n has stored by then, which is the same for all.
		const runs = await Promise.all([1, 2, 3].map(async () => await changes()));
		const found = runs.flat().map(({ recordId }) => recordId);
		expect(found.sort()).toEqual(ids.sort());
		expect(await changes()).toEqual([]);
	});

	it('go on where n8n stored the last one, in a new process', async () => {
		insert('Old');
		await changes();
		pass(60);
		insert('Berg');
		expect(await changed()).toEqual(['created Berg']);
		published.id = `${published.id} in a new process`;
		insert('Tal');
		expect(await changed()).toEqual(['created Tal']);
	});

	it('go on behind what this process returned if n8n hands out older data', async () => {
		insert('Old');
		await changes();
		const older = published.staticData;
		pass(60);
		insert('Berg');
		await changes();
		published.staticData = older;
		expect(await changes()).toEqual([]);
	});

	it('begin again after data that nobody can read', async () => {
		insert('Old');
		published.staticData = { 'node:1CRM': { cursors: 'none' } };
		expect(await changes()).toEqual([]);
		insert('Berg');
		expect(await changed()).toEqual(['created Berg']);
	});

	it('return again what a failed run did not', async () => {
		insert('Old');
		await changes();
		pass(60);
		insert('Berg');
		sandbox.failNext({ kind: 'status', status: 403 }, { path: /^\/data/ });
		await engine.failure(getting(), { published });
		expect(await changed()).toEqual(['created Berg']);
	});

	describe('of several items', () => {
		const [account, contact] = ['Account', 'Contact'].map((module) => ({ json: { module } }));
		const options = { parallelRequests: 1 };
		const each = getting({ module: '={{ $json.module }}', options });
		const both = async (parameters = each) =>
			await engine.items(parameters, { items: [account, contact], published });
		const names = async (items = [account, contact]) =>
			(await engine.items(each, { items, published })).map(
				({ record }) => (record as IDataObject).name,
			);

		/** A run whose second item fails after the first one has read, and what is done in between. */
		async function failing(meanwhile?: () => Promise<void>, parameters = each): Promise<void> {
			sandbox.failNext({ kind: 'status', status: 403 }, { path: /^\/data\/Contact/ });
			sandbox.hold({ path: /^\/data\/Contact/ });
			const items = [account, contact];
			const failure = engine.failure(parameters, { items, published });
			await until(() => sandbox.held === 1);
			await meanwhile?.();
			sandbox.release();
			await failure;
		}

		beforeEach(() => void insert('Old'));

		it.each(['', ' in a new process'])(
			'return again what a run did not whose other item failed%s',
			async (process) => {
				await both();
				pass(60);
				insert('Berg');
				await failing();
				await failing();
				published.id += process;
				expect(await names()).toEqual(['Berg']);
				expect(await names()).toEqual([]);
			},
		);

		it('do so even if n8n hands out older data', async () => {
			await both();
			pass(60);
			insert('Berg');
			await names();
			const older = published.staticData;
			pass(60);
			insert('Tal');
			await failing();
			published.staticData = older;
			expect(await names()).toEqual(['Tal']);
		});

		it('lose nothing if another one went on meanwhile', async () => {
			await both();
			pass(60);
			insert('Berg');
			await failing(async () => {
				pass(60);
				insert('Tal');
				expect(await names([account])).toEqual(['Tal']);
			});
			expect(await names()).toEqual(expect.arrayContaining(['Berg', 'Tal']));
			expect(await names()).toEqual([]);
		});

		it('lose nothing if two fail', async () => {
			await both();
			pass(60);
			insert('Berg');
			const refused = { path: /^\/data\/(Contact|Lead)/, times: 2 };
			sandbox.failNext({ kind: 'status', status: 403 }, refused);
			sandbox.hold(refused);
			const failures: Array<Promise<unknown>> = [];
			for (const other of [contact, { json: { module: 'Lead' } }]) {
				failures.push(engine.failure(each, { items: [account, other], published }));
				await until(() => sandbox.held === failures.length);
				pass(60);
				insert('Tal');
			}
			sandbox.release();
			await Promise.all(failures);
			const found = await names();
			expect(found.filter((name) => name !== 'Old').sort()).toEqual(['Berg', 'Tal', 'Tal']);
			expect(await names()).toEqual([]);
		});

		it('begin where a first run began that failed', async () => {
			await failing();
			insert('Berg');
			expect(await names()).toEqual(['Berg']);
			published.id = `${published.id} anew`;
			published.staticData = {};
			const parameters = getting({
				module: '={{ $json.module }}',
				options: { ...options, startFrom: '2026-01-01' },
			});
			await failing(undefined, parameters);
			expect(await both(parameters)).toHaveLength(2);
		});

		it('go on behind what came beside the error of an item', async () => {
			await both();
			pass(60);
			insert('Berg');
			sandbox.failNext({ kind: 'status', status: 403 }, { path: /^\/data\/Contact/ });
			const items = [account, contact];
			const found = await engine.items(each, { items, published, continueOnFail: true });
			expect(found).toEqual([
				expect.objectContaining({ event: 'created' }),
				{ error: expect.any(String) },
			]);
			expect(await names()).toEqual([]);
		});
	});

	it('return again what a run did not that could not read a switch', async () => {
		await changes();
		pass(60);
		insert('Berg');
		const options = { convertValues: '={{ "maybe" }}' };
		const error = await engine.failure(getting({ options }), { published });
		expect(error.message).toContain("'Convert Values' must be true or false");
		expect(await changed()).toEqual(['created Berg']);
	});

	it('keep a place for each item', async () => {
		const items = ['Account', 'Contact'].map((module) => ({ json: { module } }));
		const both = getting({ module: '={{ $json.module }}' });
		await engine.items(both, { items, published });
		insert('Berg');
		sandbox.insert('Contact', { last_name: 'Holm' });
		const found = await engine.items(both, { items, published });
		expect(found.map(({ module }) => module)).toEqual(['Account', 'Contact']);
	});
});

describe('Many items', () => {
	const items = Array.from({ length: 20 }, (_, index) => ({
		json: { text: `Name-${100 + index}` },
	}));
	const each = getting({ filterText: '={{ $json.text }}' });

	it('at once go on where each was, in a new process, too', async () => {
		await engine.items(each, { items, published });
		pass(60);
		for (const { json } of items) insert(json.text);
		published.id = `${published.id} in a new process`;
		expect(await engine.items(each, { items, published })).toHaveLength(items.length);
	});

	it('that no longer come are forgotten before one without changes that does', async () => {
		insert('Old');
		await changes();
		const { cursors } = published.staticData['node:1CRM'] as {
			cursors: Record<string, IDataObject>;
		};
		for (let gone = 1; gone < 500; gone++) cursors[`${gone} Account`] = { ...cursors['0 Account'] };
		await changes();
		await changes({ module: 'Contact' });
		pass(60);
		insert('Berg');
		published.id = `${published.id} in a new process`;
		expect(await changed()).toEqual(['created Berg']);
	});
});

describe('What is remembered', () => {
	const size = () => JSON.stringify(published.staticData).length;

	it('is small, and stays as it is while nothing changes', async () => {
		for (let index = 0; index < 300; index++) insert(`Name ${index}`);
		await changes();
		pass(61);
		await changes();
		const stored = published.staticData;
		expect(size()).toBeLessThan(500);
		await changes();
		expect(published.staticData).toBe(stored);
	});

	it('has a bound, beyond which nothing comes twice either', async () => {
		const named = { returnFields: ['name'] };
		insert('Old');
		await changes(named);
		pass(60);
		for (let index = 0; index < 10_500; index++) insert(`Name ${index}`);
		expect(await changes(named)).toHaveLength(10_500);
		expect(size()).toBeLessThan(200_000);
		expect(await changes(named)).toEqual([]);
		pass(1);
		insert('Berg');
		expect(await changed(named)).toEqual(['created Berg']);
	});

	it('is not led astray by records of the future', async () => {
		insert('Old');
		await changes();
		pass(60);
		insert('Future', { date_modified: '2031-01-01 00:00:00' });
		expect(await changed()).toEqual(['created Future']);
		for (const name of ['Berg', 'Tal']) {
			pass(30);
			insert(name);
			expect(await changed()).toEqual([`created ${name}`]);
		}
	});

	it.each([-300, 300])("doesn't depend on n8n's clock, %d seconds off", async (skew) => {
		vi.spyOn(Date, 'now').mockImplementation(() => now + skew * 1000);
		insert('Old');
		await changes();
		for (const name of ['Berg', 'Tal', 'Holm']) {
			pass(100);
			insert(name);
			expect(await changed()).toEqual([`created ${name}`]);
			expect(await changed()).toEqual([]);
		}
	});
});

it.each(['0000-00-00 00:00:00', ''])(
	'begins with records whose time of change is %j',
	async (time) => {
		insert('Old', { date_modified: time });
		expect(await changed()).toEqual([]);
		pass(60);
		insert('Berg');
		expect(await changed()).toEqual(['created Berg']);
		expect(await changed()).toEqual([]);
	},
);

it('refuses a module that records no time of change', async () => {
	const fields = { id: { name: 'id', type: 'id', source: { type: 'db' } } };
	sandbox.failNext(
		{ kind: 'status', status: 200, body: { fields, filters: {} } },
		{ path: /^\/meta/ },
	);
	const error = await engine.failure(getting(), { published });
	expect(error.message).toBe("Account doesn't record when a record was changed");
	expect(sentTo(sandbox)).toEqual([]);
});
