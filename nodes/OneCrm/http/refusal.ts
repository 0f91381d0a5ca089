import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { ByteStream } from './types';

/** More than a refusal says. A server may go on with a page without end. */
const LONGEST_REFUSAL = 1_000_000;

/** The text of a refusal, or nothing if it breaks off: its status says enough. */
export async function textOf(stream: ByteStream): Promise<string> {
	const pieces: Buffer[] = [];
	let length = 0;
	try {
		for await (const piece of stream) {
			pieces.push(piece as Buffer);
			length += (piece as Buffer).length;
			if (length > LONGEST_REFUSAL) break;
		}
		return Buffer.concat(pieces).toString();
	} catch {
		return '';
	}
}

/** Some servers say with another status than 401 that they no longer take a token. */
const mayRefuseToken = ({ statusCode }: IN8nHttpFullResponse): boolean =>
	[400, 401, 403].includes(statusCode);

/** The same answer, with its text read if it may refuse the token: the answer with a file is a stream. */
export async function withReadRefusal(answer: IN8nHttpFullResponse): Promise<IN8nHttpFullResponse> {
	if (!mayRefuseToken(answer) || typeof answer.body === 'string') return answer;
	return { ...answer, body: await textOf(answer.body as ByteStream) };
}

/** Whether 1CRM doesn't take the token. Its own clients look at `error`, but its errors come in several forms. */
export function isTokenRefused(answer: IN8nHttpFullResponse): boolean {
	if (answer.statusCode === 401) return true;
	return mayRefuseToken(answer) && /"access_denied"/i.test(String(answer.body));
}
