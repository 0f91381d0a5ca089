import fc from 'fast-check';

/** From UTC-11 to UTC+14, with half and quarter hours, and daylight saving in both hemispheres. */
export const ZONES = [
	'Pacific/Niue',
	'America/Los_Angeles',
	'America/St_Johns',
	'America/Sao_Paulo',
	'Atlantic/Azores',
	'UTC',
	'Europe/Vienna',
	'Africa/Casablanca',
	'Asia/Beirut',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Chatham',
	'Pacific/Kiritimati',
] as const;

export const zone = fc.constantFrom(...ZONES);

/** Moments at which clocks were, or will be, put forward or back in one of the zones. */
const CLOCK_CHANGES = [
	'2018-11-04T03:00:00Z',
	'2019-02-17T02:00:00Z',
	'2026-03-08T10:00:00Z',
	'2026-11-01T09:00:00Z',
	'2026-03-08T05:30:00Z',
	'2026-03-29T01:00:00Z',
	'2026-10-25T01:00:00Z',
	'2026-03-28T22:00:00Z',
	'2026-04-04T15:00:00Z',
	'2026-10-03T15:30:00Z',
	'2026-04-04T14:00:00Z',
	'2026-09-26T14:00:00Z',
].map((moment) => Date.parse(moment));

const THREE_HOURS = 3 * 3600;

/** A whole second between 1972 (when the last zone had left its local mean time) and 2100. */
const anySecond = fc
	.integer({ min: 63_072_000, max: 4_102_444_800 })
	.map((second) => second * 1000);

const nearClockChange = fc
	.tuple(fc.constantFrom(...CLOCK_CHANGES), fc.integer({ min: -THREE_HOURS, max: THREE_HOURS }))
	.map(([change, seconds]) => change + seconds * 1000);

/** A moment, half of the time close to one at which clocks are changed. */
export const moment = fc
	.oneof(anySecond, nearClockChange)
	.map((milliseconds) => new Date(milliseconds));

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-CA-u-ca-iso8601-nu-latn', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
	});
	formats.set(timeZone, format);
	return format;
}

/** What calendar and clock show at a moment in a zone: `['2026-07-14', '09:30:00']`. */
export function wallClock(at: Date, timeZone: string): [day: string, time: string] {
	const parts = Object.fromEntries(
		formatOf(timeZone)
			.formatToParts(at)
			.map(({ type, value }) => [type, value]),
	);
	const { year, month, day, hour, minute, second } = parts;
	return [`${year}-${month}-${day}`, `${hour}:${minute}:${second}`];
}
