import { UserError } from 'n8n-workflow';

/** Some servers decode it before they resolve dot segments. */
const ENCODED_SLASH = /%2f|%5c/i;

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/**
 * Where a 1CRM server's API begins, without a trailing slash: `https://crm.example.com/sales/api.php`.
 *
 * Takes what people paste into 'Domain': a host with port and folder, with or without scheme, and the
 * address of a page in 1CRM (`…/index.php?module=Accounts`), of which everything from the first
 * `.php` on is dropped. No scheme means https.
 *
 * Throws a `UserError` when no host can be read from it, and for `http` to a host that is not this
 * computer unless `allowHttp` is set: 1CRM itself rejects http by default, and a password sent over it
 * can be read on the way.
 */
export function apiBaseUrl(domain: string, allowHttp = false): string {
	const url = parseDomain(domain);
	if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
		throw new UserError(
			`'Domain' begins with http://, which would send your password unencrypted to ${url.host}. ` +
				"Use https:// or, if the server has no https, switch on 'Allow HTTP'",
		);
	}
	const segments = url.pathname.split('/').filter((segment) => segment !== '');
	const script = segments.findIndex((segment) => segment.toLowerCase().endsWith('.php'));
	const folder = script === -1 ? segments : segments.slice(0, script);
	return [url.origin, ...folder, 'api.php'].join('/');
}

function parseDomain(domain: string): URL {
	const text = domain.trim();
	const scheme = SCHEME.exec(text)?.[1].toLowerCase();
	const address = scheme === undefined ? `https://${text}` : text;
	const url = /\s/.test(text) ? undefined : parsed(address);
	if (url === undefined) {
		throw new UserError(
			"'Domain' is not an address. Enter the host of your 1CRM, e.g. demo.1crmcloud.com",
		);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new UserError(`'Domain' begins with ${scheme}://. 1CRM is reached over https://`);
	}
	if (url.username !== '' || url.password !== '') {
		throw new UserError(
			"'Domain' contains a user name or password. Enter them in their own fields and leave only the host here",
		);
	}
	return url;
}

/** Whether a host name, as in `URL.hostname`, means this computer. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127(\.\d{1,3}){3}$/.test(hostname)
	);
}

/**
 * The absolute address of `path` below `baseUrl` (from `apiBaseUrl`).
 *
 * `path` is relative to `api.php` (`data/Account`, `/data/Account`, `api.php/data/Account`) or absolute
 * within it. Throws a `UserError` for everything else: another origin, a scheme-relative address, or
 * dot segments that climb out of `api.php`. The address is resolved as the HTTP client does it and
 * compared afterwards, so that no spelling (`%2e%2e`, back slashes, line breaks) slips through.
 */
export function apiUrl(baseUrl: string, path: string): string {
	const relative = path
		.trim()
		.replace(/^\/(?![/\\])/, '')
		.replace(/^api\.php(?=\/|\?|$)\/?/, '');
	const base = `${baseUrl}/`;
	const url = parsed(relative, base);
	// A user name would come before the host, so it is refused here as well.
	if (url === undefined || !url.href.startsWith(base) || ENCODED_SLASH.test(url.pathname)) {
		throw new UserError(
			`"${path}" leads outside the 1CRM API. Enter a path relative to api.php, e.g. data/Account`,
		);
	}
	return url.href;
}

/** Asking `URL.canParse` first would take as long again, for each request. */
function parsed(address: string, base?: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

/**
 * The path of `segments` below `api.php`, each encoded: `['data', 'Contact', 'a b']` → `data/Contact/a%20b`.
 *
 * Throws a `UserError` for a segment that is empty, a dot segment, or contains a slash or a control
 * character: ids and module names of 1CRM don't, and such a segment would address something else.
 */
export function apiPath(segments: readonly string[]): string {
	return segments.map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
	if (!isPathSegment(segment)) {
		throw new UserError(`"${segment}" cannot be part of an address in 1CRM`);
	}
	return encodeURIComponent(segment);
}

/** What an encoded text says, or the text itself if it isn't encoded as a whole. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Whether `text` can be a segment of an address, like a module name or a record's id. */
export function isPathSegment(text: string): boolean {
	const isDots = text === '.' || text === '..';
	return text.trim() !== '' && !isDots && !/[/\\\p{Cc}\p{Cs}]/u.test(text);
}
