import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	const day = { date_start: '2026-07-14 08:00:00', status: 'Planned' };
	sandbox.insert('Call', { id: 'call-1', name: 'Call', ...day, date_end: '2026-07-14 08:30:00' });
	sandbox.insert('Meeting', { id: 'meeting-1', name: 'Meeting', ...day, location: 'Graz' });
	sandbox.insert('Task', { id: 'task-1', name: 'Task', date_due: '2026-07-14 21:00:00' });
	sandbox.insert('Call', { id: 'call-2', name: 'Later', date_start: '2026-07-15 08:00:00' });
});

const between = (
	start: NodeParameterValueType,
	end: NodeParameterValueType,
	rest: INodeParameters = {},
) => ({ resource: 'calendarEvent', operation: 'getAll', start, end, ...rest });
const asked = () => workOf(sandbox)[0].query;

it('returns the events between two moments', async () => {
	const events = await engine.items(between('2026-07-14', '2026-07-14'));
	expect(events.map(({ id }) => id)).toEqual(['call-1', 'meeting-1', 'task-1']);
	expect(events[1]).toEqual({
		id: 'meeting-1',
		type: 'Meeting',
		name: 'Meeting',
		date_start: '2026-07-14 08:00:00',
		date_due: null,
		location: 'Graz',
	});
	expect(sentTo(sandbox)).toEqual(['GET /calendar/events']);
});

it('returns them from a map with gaps', async () => {
	sandbox.variants.recordsShape = 'map';
	const events = await engine.items(between('2026-07-14', '2026-07-14'));
	expect(events).toHaveLength(3);
});

it.each<[NodeParameterValueType, NodeParameterValueType, string, string]>([
	['2026-07-14', '2026-07-14', '2026-07-13 22:00:00', '2026-07-14 21:59:59'],
	['2026-03-29', '2026-03-29', '2026-03-28 23:00:00', '2026-03-29 21:59:59'],
	['2026-07-14T10:00:00', '2026-07-14T11:00', '2026-07-14 08:00:00', '2026-07-14 09:00:00'],
	[
		'2026-07-14T10:00:00Z',
		'2026-07-14T10:00:00-04:00',
		'2026-07-14 10:00:00',
		'2026-07-14 14:00:00',
	],
	['2026-07-14 10:00:00', '2026-07-14 11:00:00', '2026-07-14 10:00:00', '2026-07-14 11:00:00'],
	[
		'={{ DateTime.fromISO("2026-07-14T10:00", { zone: "Asia/Tokyo" }) }}',
		'={{ new Date(Date.UTC(2026, 6, 15)) }}',
		'2026-07-14 01:00:00',
		'2026-07-15 00:00:00',
	],
])('sends %j to %j in GMT', async (start, end, sentStart, sentEnd) => {
	await engine.items(between(start, end));
	expect(asked()).toEqual({ start_date: sentStart, end_date: sentEnd });
});

it.each<[NodeParameterValueType, string[], string[]]>([
	[['Call'], ['Call'], ['call-1']],
	['Meeting, Task', ['Meeting', 'Task'], ['meeting-1', 'task-1']],
	['={{ ["Task"] }}', ['Task'], ['task-1']],
])('returns only the types %j', async (types, sent, ids) => {
	const events = await engine.items(between('2026-07-14', '2026-07-14', { types }));
	expect(asked()).toMatchObject({ types: sent });
	expect(events.map(({ id }) => id)).toEqual(ids);
});

it('returns times in ISO 8601 with Convert Values', async () => {
	const events = await engine.items(
		between('2026-07-14', '2026-07-14', { options: { convertValues: true } }),
	);
	expect(events.map(({ date_start: start, date_due: due }) => [start, due])).toEqual([
		['2026-07-14T08:00:00Z', null],
		['2026-07-14T08:00:00Z', null],
		[null, '2026-07-14T21:00:00Z'],
	]);
});

it('gives no item where there is no event', async () => {
	expect(await engine.items(between('2020-01-01', '2020-01-02'))).toEqual([]);
});

it.each<[string, INodeParameters, RegExp]>([
	['without a start', between('={{ "" }}', '2026-07-14'), /^'Start' is empty/],
	['without an end', between('2026-07-14', '={{ null }}'), /^'End' is empty/],
	['from what is no date', between('soon', '2026-07-14'), /^'Start' takes a date and time/],
	['to a day that there is not', between('2026-02-01', '2026-02-30'), /^'End' takes a date and/],
	['backwards', between('2026-07-15', '2026-07-14'), /^'End' is before 'Start'$/],
	[
		'of a type that there is not',
		between('2026-07-14', '2026-07-14', { types: ['Call', 'Party'] }),
		/^'Types' doesn't support "Party". Use one of: Call, Meeting, ProjectTask, Task$/,
	],
])('asks for nothing %s', async (_what, parameters, message) => {
	const error = await engine.failure(parameters);
	expect(error.message).toMatch(message);
	expect(error.context.itemIndex).toBe(0);
	expect(sandbox.requests).toEqual([]);
});

it.each<[string, Fault, string]>([
	['a refusal', { kind: 'status', status: 403, message: 'No access' }, 'No access'],
	['an error', { kind: 'status', status: 500, message: 'Lost' }, 'Lost'],
	['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
	['no list', { kind: 'status', status: 200, body: {} }, '1CRM answered without a list of events'],
])('fails on %s', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: /calendar/ });
	const error = await engine.failure(between('2026-07-14', '2026-07-14'));
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(0);
});
