import { UserError } from 'n8n-workflow';

import { encodeMoment, endOfDay } from '../field/moment';

/** From when to when, in 1CRM's form: `YYYY-MM-DD HH:MM:SS` in UTC. */
export interface Period {
	start: string;
	end: string;
}

/**
 * The period between two dates in any form that n8n knows. One without a zone is of `timezone`; a day
 * without a time begins at midnight as start, and counts to its end as end.
 *
 * Throws a `UserError` for what is no date, and for an end before the start.
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
