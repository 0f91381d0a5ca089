import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { listOf } from '../http/page';
import type { CrmClient } from './client';
import { decodeValue } from './codec';
import { encodeMoment, endOfDay } from './moment';

/** From when to when, in 1CRM's form: `YYYY-MM-DD HH:MM:SS` in UTC. */
interface Period {
	start: string;
	end: string;
}

/**
 * The period between two dates in any form that n8n knows. A date without a zone is in `timezone`. A day without a time
 * means midnight as start, and the end of the day as end.
 *
 * Throws a `UserError` for what isn't a date, and for an end before the start.
 */
export function readPeriod(start: unknown, end: unknown, timezone: string): Period {
	const period = {
		start: secondOf('Start', start, timezone),
		end: secondOf('End', endOfDay(end), timezone),
	};
	if (period.end < period.start) throw new UserError("'End' is before 'Start'");
	return period;
}

function secondOf(label: string, value: unknown, timezone: string): string {
	if (value === undefined || value === null || value === '') {
		throw new UserError(`'${label}' is empty. Enter a date`);
	}
	return encodeMoment({ label }, value, timezone).second;
}

/** The events of a period in the calendar of the user; `types` are model names, empty for all. */
export async function fetchEvents(
	crm: CrmClient,
	{ start, end }: Period,
	types: string[],
): Promise<IDataObject[]> {
	const { records } = await crm.http.json({
		method: 'GET',
		path: 'calendar/events',
		query: { start_date: start, end_date: end, types },
	});
	const events = listOf(records);
	if (events === undefined) {
		throw crm.http.error({ message: '1CRM answered without a list of events' });
	}
	return events;
}

const TIMES = ['date_start', 'date_due'];

/** An event with its times in ISO 8601. */
export function convertEvent(event: IDataObject): IDataObject {
	const times = TIMES.filter((name) => name in event).map((name) => [
		name,
		decodeValue({ kind: 'dateTime' }, event[name]),
	]);
	return { ...event, ...Object.fromEntries(times) };
}
