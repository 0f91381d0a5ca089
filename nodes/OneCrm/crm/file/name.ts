import { decoded } from '../../http/address';

const NAMELESS = 'file';

/** They turn the direction of writing, so that a name can show an ending that it doesn't have. */
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;

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

/**
 * A name as an upload's header contains it. 1CRM's own clients send its UTF-8 bytes as they are; Node.js writes each
 * letter of a header as one byte.
 */
export function nameForHeader(name: string): string {
	return Buffer.from(name).toString('latin1');
}

/** Decodes a name in a header, of which Node.js reads each byte as a letter. What isn't UTF-8 stays Latin-1. */
function nameInHeader(name: string): string {
	const decoded = Buffer.from(name, 'latin1').toString();
	return decoded.includes('\ufffd') ? name : decoded;
}

/**
 * The name in a `Content-Disposition` header, or `undefined` if there is no name. If both forms are there,
 * the one that can contain every character wins (RFC 6266, section 4.3).
 */
export function nameFromDisposition(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header);
	const name = encoded ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
	if (name === undefined) return undefined;
	return safeFileName(encoded === undefined ? nameInHeader(name) : decoded(name));
}
