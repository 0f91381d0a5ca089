interface ErrorDetails {
	error?: string;
	hint?: string;
	/** Where it does not come in the form of other errors. */
	form?: 'html' | 'text';
}

/** An answer that is an error: its status, 1CRM's message, and additional properties. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: ErrorDetails = {},
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}
}

export const notFound = () => new ApiError(404, 'Not found');
export const badRequest = (message: string) => new ApiError(400, message);
export const forbidden = (message: string) => new ApiError(403, message, { error: 'forbidden' });
