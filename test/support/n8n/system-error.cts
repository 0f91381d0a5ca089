/** The code of a failed system call, such as ENOENT. */
export function systemErrorCode(error: unknown): unknown {
	// Under jest, the errors of Node.js itself are not instances of the `Error` that a test sees.
	return typeof error === 'object' && error && 'code' in error ? error.code : undefined;
}
