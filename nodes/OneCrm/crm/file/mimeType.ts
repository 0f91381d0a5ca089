/** What a `Content-Type` header can contain; a file may come with any type. */
const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+ *(;[\x20-\x7e]*)?$/;
const UNKNOWN_TYPE = 'application/octet-stream';

/** The type of a file, or the type for unknown bytes. */
export function safeMimeType(type: unknown): string {
	return typeof type === 'string' && MIME_TYPE.test(type) ? type : UNKNOWN_TYPE;
}
