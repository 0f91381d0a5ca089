/** The code of a failed system call, such as ENOENT. */
export function systemErrorCode(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
