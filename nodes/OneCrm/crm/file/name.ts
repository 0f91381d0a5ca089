const NAMELESS = 'file';

/** Turn the direction of writing, so that a name can show another ending than it has. */
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * A file's name that can do no harm: the last part of a path, without control characters, halves of
 * characters and marks that hide an ending. Other letters, emoji and quotes stay.
 */
export function safeFileName(name: string | undefined): string {
	const last = (name ?? '').split(/[/\\]/).pop() ?? '';
	const clean = last
		.replace(/[\p{Cc}\p{Cs}]/gu, '')
		.replace(DIRECTION_MARKS, '')
		.trim();
	return /^\.{0,2}$/.test(clean) ? NAMELESS : clean;
}

/** A name as an upload's header holds it: ASCII only; how 1CRM reads other characters is not documented. */
export function nameForHeader(name: string): string {
	return PRINTABLE_ASCII.test(name) ? name : encodeURIComponent(name);
}

/** A name as 1CRM gives it back. One that was encoded for its upload is decoded where 1CRM did not. */
export function nameFromServer(name: string): string {
	const decoded = decode(name);
	return safeFileName(nameForHeader(decoded) === name ? decoded : name);
}

/**
 * The name in a `Content-Disposition` header, or `undefined` where there is none. Of the two forms the one
 * that can hold every character wins (RFC 6266, section 4.3).
 */
export function nameFromDisposition(header: unknown): string | undefined {
	const text = typeof header === 'string' ? header : '';
	const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(text)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(text);
	const name = encoded ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
	return name === undefined
		? undefined
		: nameFromServer(encoded === undefined ? name : decode(name));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
