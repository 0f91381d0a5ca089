import { parse } from 'node:querystring';
import express, { type NextFunction, type Request, type Response } from 'express';

/** As large as n8n takes a delivery. */
const LARGEST_BODY = '16mb';

const rawReader = express.raw({ type: () => true, limit: LARGEST_BODY });

/**
 * Reads the body of a delivery as n8n does: parsed by its declared type and beside it as it came. JSON that
 * is none gets 422, and what is of another type stays unparsed.
 */
export function readBody(request: Request, response: Response, next: NextFunction): void {
	rawReader(request, response, (error?: unknown) => {
		if (error) {
			next(error);
			return;
		}
		const rawBody: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		try {
			const type = request.headers['content-type']?.split(';')[0].trim().toLowerCase();
			const body = rawBody.length === 0 ? undefined : parsed(rawBody.toString(), type);
			Object.assign(request, { rawBody, body });
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		next();
	});
}

function parsed(text: string, type: string | undefined): unknown {
	const withoutMark = text.replace(/^\uFEFF/, '');
	switch (type) {
		case 'application/json':
			return JSON.parse(withoutMark);
		case 'application/x-www-form-urlencoded':
			return parse(withoutMark, undefined, undefined, { maxKeys: 1000 });
		case 'text/plain':
			return text;
		default:
			return undefined;
	}
}
