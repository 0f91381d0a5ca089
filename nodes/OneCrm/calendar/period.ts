import { UserError } from 'n8n-workflow';

import { encodeValue } from '../field/codec';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

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
	const lastDay = typeof end === 'string' && DAY.test(end.trim()) ? end.trim() : undefined;
	const period = {
		start: encodeMoment('Start', start, timezone),
		end: encodeMoment('End', lastDay === undefined ? end : `${lastDay}T23:59:59`, timezone),
	};
	if (period.end < period.start) throw new UserError("'End' is before 'Start'");
	return period;
}

function encodeMoment(label: string, value: unknown, timezone: string): string {
	const moment = encodeValue({ kind: 'dateTime', label, options: [] }, value, timezone);
	if (moment === null) throw new UserError(`'${label}' is empty. Enter a date`);
	return String(moment);
}
