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
	let decoded: string;
	try {
		decoded = decodeURIComponent(name);
	} catch {
		return safeFileName(name);
	}
	return safeFileName(nameForHeader(decoded) === name ? decoded : name);
}
