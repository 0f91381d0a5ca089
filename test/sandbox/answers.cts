import type { Readable } from 'node:stream';
import type { ApiError } from './errors.cts';
import type { Variants } from './variants.cts';

/** The answer to a call: JSON, or unchanged content of another type. */
export type Answer =
	| { status?: number; headers?: Record<string, string>; json: unknown }
	| { status?: number; headers: Record<string, string>; content: string | Buffer | Readable };

/** An answer ready to be sent. */
interface RenderedAnswer {
	status: number;
	headers: Record<string, string>;
	content: string | Buffer | Readable;
}

/** JSON as PHP writes it: slashes and non-ASCII escaped, and an empty map is an empty list. */
function phpJson(value: unknown): string {
	const text = JSON.stringify(value);
	// Looking at each member takes most of the time of a page, and few answers contain an empty map.
	const php = text.includes('{}') ? JSON.stringify(value, emptyMapAsList) : text;
	return php
		.replace(/\//g, '\\/')
		.replace(
			/[\u007f-\uffff]/g,
			(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}

function emptyMapAsList(_key: string, member: unknown): unknown {
	const isMap = typeof member === 'object' && member !== null && !Array.isArray(member);
	return isMap && Object.keys(member).length === 0 ? [] : member;
}

/** A web page, for browsers and for clients that ask the wrong address. */
export function htmlPage(title: string, text: string, status = 200): Answer {
	const content = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`;
	return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, content };
}

/** An error in the form that the variant asks for. */
export function errorAnswer(error: ApiError, variants: Variants): Answer {
	const { status, headers, message } = error;
	switch (error.details.form ?? variants.errorBody) {
		case 'string':
			return { status, headers, json: message };
		case 'nested':
			return { status, headers, json: { error: { message } } };
		case 'html':
			return htmlPage(`Error ${status}`, message, status);
		case 'text':
			return { status, headers: { ...headers, 'Content-Type': 'text/plain' }, content: message };
		default: {
			const { error: type, hint } = error.details;
			return { status, headers, json: { error: type, message, hint } };
		}
	}
}

/** The bytes and headers of an answer. */
export function rendered(answer: Answer, variants: Variants): RenderedAnswer {
	const status = answer.status ?? 200;
	if ('content' in answer) return { status, headers: answer.headers, content: answer.content };
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=UTF-8', ...answer.headers },
		content: variants.leadingNoise + phpJson(answer.json),
	};
}
