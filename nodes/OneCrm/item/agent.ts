/** How n8n marks a value that an AI agent is asked for. */
const FROM_AGENT = '$fromAI';

/** Whether a parameter, as it is written, leaves its value to an AI agent. */
export function asksAgent(written: unknown): boolean {
	return typeof written === 'string' && written.startsWith('=') && written.includes(FROM_AGENT);
}

/**
 * The values of fields without the empty ones that an AI agent gave: it fills every field that it is asked for. An
 * empty text or null, which it gives if it has nothing to say, would clear the field. `written` is the parameter as it
 * is written, a map of field names to values, or one expression for them all.
 */
export function withoutAgentBlanks<Value>(
	values: Record<string, Value>,
	written: unknown,
): Record<string, Value> {
	const writtenOf = (name: string): unknown =>
		typeof written === 'object' && written !== null
			? (written as Record<string, unknown>)[name]
			: written;
	return Object.fromEntries(
		Object.entries(values).filter(
			([name, value]) => !isBlank(value) || !asksAgent(writtenOf(name)),
		),
	);
}

/** Whether a value says nothing. */
export function isBlank(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	return Array.isArray(value) && value.every(isBlank);
}
