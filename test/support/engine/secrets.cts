import type { Engine } from './engine.cts';

/** The secrets in the credential of an engine. Each is long enough not to be found by accident. */
export function secretsOf({ credentials }: Engine): string[] {
	const { username, password, clientSecret, accessToken = '' } = credentials.data;
	const basic = Buffer.from(`${String(username)}:${String(password)}`).toString('base64');
	const token = String(accessToken).split('.').slice(1).join('.');
	// The sandbox's own password is the word "sandbox", which its pages and paths contain anyway.
	const words = [basic, token, String(clientSecret)];
	return words.filter((word) => word !== '');
}

/** Everything that can be read from a value, its causes and hidden properties included. */
export function everythingIn(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	const entries = value instanceof Map || value instanceof Set ? [...value] : [];
	const own = Reflect.ownKeys(value).map((name): unknown => Reflect.get(value, name));
	return [...Reflect.ownKeys(value).map(String), ...entries, ...own]
		.map((part) => everythingIn(part, seen))
		.join('\n');
}

/** The form of a login in a header. */
export const LOGIN_HEADER = /\b(Basic|Bearer) [\w+/=.-]{16}/;
