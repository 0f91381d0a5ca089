import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Answer, rendered } from './answers.cts';
import type { Fault } from './faults.cts';
import type { Variants } from './variants.cts';

/** Sends an answer, unless a fault keeps it from arriving whole. */
export async function send(
	response: Response,
	answer: Answer,
	variants: Variants,
	fault?: Fault,
): Promise<void> {
	if (fault?.kind === 'resetAfter') response.socket?.destroy();
	if (fault?.kind === 'resetAfter' || fault?.kind === 'timeoutAfter') return;
	const { status, headers, content } = rendered(answer, variants);
	response.writeHead(status, {
		...headers,
		...(content instanceof Readable ? {} : { 'Content-Length': Buffer.byteLength(content) }),
	});
	if (fault?.kind === 'truncated') await sendHalf(response, content);
	else if (content instanceof Readable) await sendStream(response, content);
	else response.end(content);
}

async function sendHalf(response: Response, content: string | Buffer | Readable): Promise<void> {
	const bytes =
		content instanceof Readable ? Buffer.concat(await content.toArray()) : Buffer.from(content);
	response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

async function sendStream(response: Response, content: Readable): Promise<void> {
	try {
		await pipeline(content, response);
	} catch {
		// The client left, which is its right.
		response.destroy();
	}
}
