import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { badRequest } from '../errors.cts';
import { listShape } from '../paging.cts';
import { type PhpQuery, textOf, textsOf } from '../php-query.cts';
import type { Route } from '../route.cts';
import type { StoredRecord } from '../store.cts';

const EVENT_MODELS = ['Call', 'Meeting', 'ProjectTask', 'Task'];
const MOMENT = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/;

/** What the calendar shows between two moments. */
export function calendarRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/calendar/events',
			scope: 'read',
			answer: ({ query }) => events(crm, query),
		},
	];
}

function events(crm: Crm, query: PhpQuery): Answer {
	const [start, end] = [textOf(query.start_date) ?? '', textOf(query.end_date) ?? ''];
	if (!MOMENT.test(start) || !MOMENT.test(end)) throw badRequest('start_date or end_date is wrong');
	const asked = textsOf(query.types);
	const models = EVENT_MODELS.filter((model) => asked.length === 0 || asked.includes(model));
	const records = models
		.flatMap((model) =>
			[...crm.store.table(model).rows.values()]
				.filter((row) => row.deleted === '0' && overlaps(row, start, end))
				.map((row) => event(model, row)),
		)
		.sort((left, right) => sortKey(left).localeCompare(sortKey(right)));
	return { json: { records: listShape(records, crm.variants.recordsShape) } };
}

function event(model: string, row: StoredRecord) {
	return {
		name: row.name ?? null,
		date_start: row.date_start ?? null,
		// Of tasks only: calls and meetings have an end, which isn't shown here.
		date_due: row.date_due ?? null,
		location: row.location ?? null,
		id: row.id,
		type: model,
	};
}

/** A task may only have a due date. */
function overlaps(row: StoredRecord, start: string, end: string): boolean {
	const last = row.date_due ?? row.date_end ?? row.date_start;
	const first = row.date_start ?? last;
	if (typeof first !== 'string' || typeof last !== 'string') return false;
	// A day without a time lasts until its end.
	return first <= end && last >= start.slice(0, last.length);
}

function sortKey({ date_start, date_due, id }: ReturnType<typeof event>): string {
	return `${date_start ?? date_due} ${id}`;
}
