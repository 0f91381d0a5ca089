import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';

const { sandbox, engine } = engineWithSandbox();

const defined = (value: unknown, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'update',
	module: 'Contact',
	fields: { mappingMode: 'defineBelow', value: value as INodeParameters },
	...rest,
});

const mapped = (rest: INodeParameters = {}): INodeParameters => ({
	...defined(null),
	fields: { mappingMode: 'autoMapInputData', value: null },
	...rest,
});

let recordId: string;

beforeEach(() => {
	sandbox.clear('Contact');
	recordId = sandbox.insert('Contact', {
		last_name: 'Berg',
		title: 'Head',
		email1: 'berg@berg.example',
		do_not_call: '1',
		lead_source: 'Old Source',
	});
});

describe('a time', () => {
	it.each(['2026-07-14 9:30', '2026-07-14 09:30 AM', '2026-07-14T9:30', '2026-07-14 noon'])(
		'in a form that nobody documents is refused: %s',
		async (moment) => {
			const search = { resource: 'record', operation: 'search', module: 'Contact' };
			const error = await engine.failure({ ...search, options: { modifiedAfter: moment } });
			expect(error.message).toMatch(/^'Modified After' takes a date and time/);
		},
	);

	it.each(['2026-07-14 09:30', '2026-07-14T09:30:00.5+02:00', '2026-07-14 09:30:00 +0200'])(
		'in a documented form is taken: %s',
		async (moment) => {
			const search = { resource: 'record', operation: 'search', module: 'Contact' };
			await engine.items({ ...search, options: { modifiedAfter: moment } });
		},
	);
});

describe('a value that has left its picklist', () => {
	it('is written back from the input, and a hint says so', async () => {
		const record = { lead_source: 'Old Source', title: 'Boss' };
		expect(await hintsOf(engine, mapped({ recordId }), [record])).toEqual([
			{
				message:
					"Written unchanged, although Contact doesn't list this value any more: lead_source",
				location: 'outputPane',
			},
		]);
		expect(sandbox.record('Contact', recordId)).toMatchObject(record);
	});

	it('is refused when it is typed', async () => {
		const error = await engine.failure(defined({ lead_source: 'Old Source' }, { recordId }));
		expect(error.message).toMatch(/takes one of/);
	});

	it('can be searched for', async () => {
		const conditions = [{ filter: 'lead_source', operator: 'eq', value: 'Old Source' }];
		const search = { resource: 'record', operation: 'search', module: 'Contact' };
		const found = await engine.items({ ...search, filters: { conditions } });
		expect(found.map(({ id }) => id)).toEqual([recordId]);
	});
});

describe('a switch without a value', () => {
	it.each(['', ' ', null])('in the input (%j) is left alone', async (value) => {
		const items = [{ json: { do_not_call: value, title: 'Boss' } }];
		await engine.run(mapped({ recordId }), { items });
		expect(sandbox.record('Contact', recordId)).toMatchObject({ do_not_call: '1', title: 'Boss' });
	});

	it('from an expression is left alone', async () => {
		const value = { do_not_call: '={{ $json.missing }}', title: 'Boss' };
		await engine.run(defined(value, { recordId }));
		expect(sandbox.record('Contact', recordId)).toMatchObject({ do_not_call: '1', title: 'Boss' });
	});
});

describe('a required field', () => {
	it.each(['', '  ', '={{ null }}'])('is not cleared by an update with %j', async (value) => {
		const error = await engine.failure(defined({ last_name: value, title: 'Boss' }, { recordId }));
		expect(error.message).toBe(
			"Contact needs a value for 'Last Name' (last_name), which cannot be cleared",
		);
		expect(sandbox.record('Contact', recordId)).toMatchObject({ last_name: 'Berg', title: 'Head' });
	});
});

describe('a field that 1CRM marks as read-only', () => {
	const invoice = (value: object, id: string): INodeParameters =>
		defined(value, { module: 'Invoice', recordId: id });

	it.each([
		['takes it', 'taken', '40.00'],
		['leaves it alone', 'leftAlone', '70.00'],
	] as const)(
		'is sent if a value is given for it, and a hint says so, if 1CRM %s',
		async (_what, readOnlyFields, kept) => {
			const id = sandbox.insert('Invoice', { name: 'I-1', amount: '100.00', amount_due: '70.00' });
			sandbox.variants.readOnlyFields = readOnlyFields;
			expect(await hintsOf(engine, invoice({ amount_due: '40.00' }, id), [{}])).toEqual([
				{
					message:
						'Sent, although Invoice marks these fields as read-only, so 1CRM may ignore the values: amount_due',
					location: 'outputPane',
				},
			]);
			expect(sandbox.record('Invoice', id)).toMatchObject({ amount_due: kept });
		},
	);

	it.each(['date_entered', 'created_by', 'id', 'deleted'])(
		'is refused if the server sets it: %s',
		async (name) => {
			const error = await engine.failure(defined({ [name]: '1', title: 'Boss' }, { recordId }));
			expect(error.message).toMatch(/cannot be written/);
			expect(sandbox.record('Contact', recordId)).toMatchObject({ title: 'Head' });
		},
	);
});

it('columns that metadata do not list can be asked for, and a hint names them', async () => {
	const get = { resource: 'record', operation: 'get', module: 'Contact', recordId };
	const returnFields = ['last_name', 'line_items'];
	expect(await hintsOf(engine, { ...get, returnFields }, [{}])).toEqual([
		{
			message:
				'1CRM lists no such fields of Contact, so they may be missing in the output, and a list with them may be empty: line_items',
			location: 'outputPane',
		},
	]);
	const [record] = await engine.items({ ...get, returnFields });
	expect(record).toMatchObject({ id: recordId, last_name: 'Berg' });
	const { query } = sandbox.requests.at(-1) ?? {};
	expect(JSON.stringify(query)).toContain('line_items');
});
