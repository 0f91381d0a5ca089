import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

let now = new Date('2026-07-14T08:00:00Z');
const { sandbox, engine } = engineWithSandbox({ clock: () => now });

/** Changes a record through the API at a moment. */
async function change(recordId: string, at: string, values: INodeParameters): Promise<void> {
	now = new Date(at);
	await engine.items({
		resource: 'record',
		operation: 'update',
		module: 'Lead',
		recordId,
		fields: { mappingMode: 'defineBelow', value: values },
	});
}

beforeAll(async () => {
	sandbox.insert('Lead', { id: 'lead-1', last_name: 'Berg', status: 'New' });
	sandbox.insert('Lead', { id: 'lead-2', last_name: 'Holm', status: 'New' });
	sandbox.insert('Lead', { id: 'lead-3', last_name: 'Quiet', status: 'New' });
	await change('lead-1', '2026-07-14T09:00:00Z', { status: 'Assigned' });
	await change('lead-2', '2026-07-14T10:00:00Z', { status: 'Assigned' });
	await change('lead-1', '2026-07-14T11:00:00Z', { status: 'Converted' });
});

const log = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'auditLog',
	operation: 'getAll',
	module: 'Lead',
	...rest,
});
const short = (entry: INodeParameters | object) => {
	const { parent_id: id, after_value_string: after } = entry as Record<string, unknown>;
	return `${String(id)} ${String(after)}`;
};

it('returns the changes of a module, the newest first', async () => {
	const entries = await engine.items(log());
	expect(entries.map(short)).toEqual(['lead-1 Converted', 'lead-2 Assigned', 'lead-1 Assigned']);
	expect(entries[0]).toMatchObject({
		parent: '',
		created_by: '1',
		date_created: '2026-07-14 11:00:00',
		field_name: 'status',
		before_value_string: 'Assigned',
	});
	expect(sentTo(sandbox)).toEqual(['GET /audit/Lead']);
});

it.each([
	['lead-1', ['lead-1 Converted', 'lead-1 Assigned']],
	['lead-3', []],
])('returns the changes of the record %s', async (recordId, expected) => {
	const entries = await engine.items(log({ recordId }));
	expect(entries.map(short)).toEqual(expected);
	expect(sentTo(sandbox)).toEqual([`GET /audit/Lead/${recordId}`]);
});

it.each(['null', 'emptyText'] as const)(
	'returns an event log for process mining from a log with %s in place of unused values',
	async (unusedAuditValue) => {
		sandbox.variants.unusedAuditValue = unusedAuditValue;
		const [event] = await engine.items(log({ options: { outputFormat: 'eventLog' } }));
		expect(event).toEqual({
			caseId: 'lead-1',
			activity: 'Set status to Converted',
			time: '2026-07-14T11:00:00Z',
			actor: 'admin',
			field: 'status',
			before: 'Assigned',
			after: 'Converted',
		});
	},
);

it.each<[INodeParameters, number]>([
	[{ limit: 2 }, 2],
	[{ limit: 1 }, 1],
	[{ returnAll: true }, 3],
])('keeps to %j', async (limits, count) => {
	expect(await engine.items(log(limits))).toHaveLength(count);
});

it.each([1, 2, 3])('returns all from pages of %i', async (maxPageSize) => {
	sandbox.variants.maxPageSize = maxPageSize;
	sandbox.variants.totalKey = 'total_count';
	const entries = await engine.items(log({ returnAll: true }));
	expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
});

it.each([
	['2026-07-14T09:00:00Z', 2],
	['2026-07-14T12:00:00+02:00', 1],
	['2026-07-14T12:59:59', 1],
	['2026-07-14', 3],
	['2026-07-15', 0],
])('returns only what was changed after %s', async (changedAfter, count) => {
	const entries = await engine.items(log({ returnAll: true, options: { changedAfter } }));
	expect(entries).toHaveLength(count);
});

it('stops to read where the older changes begin', async () => {
	sandbox.variants.maxPageSize = 1;
	const options = { changedAfter: '2026-07-14T10:30:00Z' };
	await engine.items(log({ returnAll: true, options }));
	expect(workOf(sandbox)).toHaveLength(2);
});

it('does not rely on an order that the server does not keep', async () => {
	const records = ['2026-07-14 09:00:00', '2026-07-14 11:00:00'].map((date_created, id) => ({
		id: String(id),
		date_created,
	}));
	const body = { records, total_results: 2 };
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /audit/ });
	const error = await engine.failure(log({ options: { changedAfter: '2026-07-01' } }));
	expect(error.message).toBe(
		"The server didn't return the newest records first, so 'Changed After' could miss some",
	);
});

it.each<[string, INodeParameters, RegExp]>([
	['for what is no moment', { options: { changedAfter: 'soon' } }, /^'Changed After' takes a date/],
	['for a record that cannot be', { recordId: '../x' }, /^'Record' cannot be/],
	[
		'for an expression without a record',
		{ recordId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
		/^The expression in 'Record' has an empty result/,
	],
	['without a module', { module: '={{ "" }}' }, /^'Module' is empty/],
	['for a limit that is none', { limit: '={{ 0 }}' }, /^'Limit' must be a whole number/],
])('asks for nothing %s', async (_what, parameters, message) => {
	const error = await engine.failure(log(parameters));
	expect(error.message).toMatch(message);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it.each<[string, Fault, string]>([
	[
		'a refusal',
		{ kind: 'status', status: 403, message: 'Administrators only' },
		'Administrators only',
	],
	['an error', { kind: 'status', status: 500, message: 'Lost' }, 'Lost'],
	['no list', { kind: 'status', status: 200, body: {} }, '1CRM answered without a list of records'],
])('fails on %s', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: /audit/ });
	expect((await engine.failure(log())).message).toBe(message);
});

it('says that a module is unknown', async () => {
	expect((await engine.failure(log({ module: 'Leads' }))).message).toBe('Model Leads not found');
});

it.each([
	['null', null],
	['an empty text', ''],
])('has the long text in an event log beside a short one that is %s', async (_what, unused) => {
	const entry = {
		id: '1',
		field_name: 'description',
		data_type: 'text',
		before_value_string: unused,
		after_value_string: unused,
		before_value_text: 'Old',
		after_value_text: 'New',
	};
	const body = { records: [entry], total_results: 1 };
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/audit/ });
	const events = await engine.items(log({ options: { outputFormat: 'eventLog' } }));
	expect(events).toMatchObject([{ before: 'Old', after: 'New' }]);
});
