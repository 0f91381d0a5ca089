import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setInterval } from 'node:timers/promises';
import { type Answer, rendered } from './answers.cts';
import { faultAnswer } from './fault-answers.cts';
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
	const late = fault?.kind === 'statusAfter' && faultAnswer({ ...fault, kind: 'status' });
	const { status, headers, content } = rendered(late || answer, variants);
	if (fault && BROKEN_KINDS.has(fault.kind)) {
		const bytes = content instanceof Readable ? Buffer.concat(await content.toArray()) : content;
		await sendBroken(response, fault, { status, headers, bytes: Buffer.from(bytes) });
		return;
	}
	response.writeHead(status, {
		...headers,
		...(content instanceof Readable ? {} : { 'Content-Length': Buffer.byteLength(content) }),
	});
	if (content instanceof Readable) await sendStream(response, content);
	else response.end(content);
}

const BROKEN_KINDS = new Set<Fault['kind']>([
	'drip',
	'lengthTooLong',
	'lengthTooShort',
	'truncated',
]);

interface WholeAnswer {
	status: number;
	headers: Record<string, string>;
	bytes: Buffer;
}

async function sendBroken(
	response: Response,
	{ kind }: Fault,
	{ status, headers, bytes }: WholeAnswer,
): Promise<void> {
	const half = Math.floor(bytes.length / 2);
	const announced = {
		lengthTooLong: bytes.length * 2,
		lengthTooShort: half,
		truncated: bytes.length,
	};
	if (kind === 'drip') {
		response.writeHead(status, headers);
		await drip(response);
		return;
	}
	const length = announced[kind as keyof typeof announced];
	response.writeHead(status, { ...headers, 'Content-Length': length });
	const sent = kind === 'truncated' ? bytes.subarray(0, half) : bytes;
	response.write(sent, () => response.socket?.destroySoon());
}

const DRIP_MS = 20;

/** White space, which is allowed before the JSON that never arrives. */
async function drip(response: Response): Promise<void> {
	for await (const _ of setInterval(DRIP_MS)) {
		if (response.destroyed) return;
		response.write(' ');
	}
}

async function sendStream(response: Response, content: Readable): Promise<void> {
	try {
		await pipeline(content, response);
	} catch {
		// The client left, which is its right.
		response.destroy();
	}
}
