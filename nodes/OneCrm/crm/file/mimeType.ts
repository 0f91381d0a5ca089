/** What a header can hold as `Content-Type`; a file may come with anything. */
const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+ *(;[\x20-\x7e]*)?$/;
const UNKNOWN_TYPE = 'application/octet-stream';

/** The type of a file, or that of bytes of which nothing is known. */
export function safeMimeType(type: unknown): string {
	return typeof type === 'string' && MIME_TYPE.test(type) ? type : UNKNOWN_TYPE;
}
