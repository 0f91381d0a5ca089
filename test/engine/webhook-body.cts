import { parse } from 'node:querystring';
import express, { type NextFunction, type Request, type Response } from 'express';

/** The largest delivery that n8n accepts. */
const LARGEST_BODY = '16mb';

const rawReader = express.raw({ type: () => true, limit: LARGEST_BODY });

const KNOWN = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)\b|[/+]xml\b/;

/** What n8n adds to a request. */
interface RawRequest {
	rawBody: Buffer | undefined;
	readRawBody(): Promise<void>;
}

/**
 * Reads the body of a delivery as n8n does for a node of a version above 1: parsed by its declared type, and
 * unchanged beside that. Invalid JSON gets status 422. A body of another type stays unread until the node
 * asks for it.
 */
export async function readBody(
	request: Request,
	response: Response,
	next: NextFunction,
): Promise<void> {
	const raw: RawRequest = Object.assign(request, {
		rawBody: undefined as Buffer | undefined,
		async readRawBody() {
			raw.rawBody ??= await readBytes(request, response);
		},
	});
	const type = request.headers['content-type'];
	if (type === undefined || !KNOWN.test(type)) return next();
	try {
		await raw.readRawBody();
	} catch (error) {
		return next(error);
	}
	try {
		const text = raw.rawBody?.toString() ?? '';
		request.body = text === '' ? undefined : parsed(text, type.split(';')[0].trim());
	} catch {
		response.status(422).json({ message: 'Failed to parse request body' });
		return;
	}
	next();
}

async function readBytes(request: Request, response: Response): Promise<Buffer> {
	await new Promise<void>((resolve, reject) => {
		rawReader(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
	});
	const { body } = request as { body: unknown };
	request.body = undefined;
	return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
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
