import type { Fault, FaultTarget, Sandbox } from '../sandbox/sandbox.cts';
import type { Engine } from '../support/engine/engine.cts';
import type { FaultedOperation } from './operations/operation.cts';
import type { Variants } from '../sandbox/variants.cts';
import { refuseConnections } from './refusal.cts';

/** `once` makes the next matching request fail. The server works again afterwards. */
export type Mode = 'once' | 'always';

/** Where an operation runs: its own empty sandbox, filled by `prepare`. */
export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
}

/** Something that goes wrong with a server. */
export interface PlannedFault {
	/** The name on the page. */
	name: string;
	modes: Mode[];
	/** Of the credential. By default, that of the operation. */
	authentication?: 'oauth2';
	/** Whether it lasts until the node stops waiting. */
	isSlow?: boolean;
	/** Whether the status reports a success. Raw operations then return the JSON as it is. */
	isSuccess?: boolean;
	/** Whether it takes the order from a list. */
	isUnordered?: boolean;
	/** What the server says. An error must not hide it. */
	said?: string;
	/** Whether the fault can hit an operation. By default, it can hit all of them. */
	strikes?(operation: FaultedOperation): boolean;
	plan(stage: Stage, target: FaultTarget): void;
}

const BOTH: Mode[] = ['once', 'always'];
const ELSEWHERE = 'https://elsewhere.example/api.php/data';
const NO_RIGHT = 'You may not do this';
const TOO_MANY = 'Too many requests';
const DOWN = 'Down for maintenance';
const IN_TEXT = 'Maintenance in progress';
const AFTER_SAVE = 'The record was saved, but the workflow behind it failed';
const NO_MODEL = 'Model "Contcat" not found';
const ROWS_AND_ERROR = { records: [{ id: 'contact-1' }], error: { message: NO_RIGHT } };
const SQL = "Error 1364: Field 'name' doesn't have a default value in INSERT INTO contacts";

const isNoLogin = ({ isLogin }: FaultedOperation): boolean => isLogin !== true;

const failing =
	(fault: Fault) =>
	({ sandbox }: Stage, target: FaultTarget): void =>
		sandbox.failNext(fault, target);

function answering(name: string, fault: Fault, said?: string): PlannedFault {
	return { name, modes: BOTH, said, plan: failing(fault) };
}

/** Later steps are like these, and there are many. */
const isFirst = ({ isLater }: FaultedOperation): boolean => isLater !== true;

/** In one of the forms in which PHP writes a no. */
function refusing(name: string, body: unknown, said?: string): PlannedFault {
	const strikes = isFirst;
	return { ...answering(name, success(body), said), modes: ['once'], isSuccess: true, strikes };
}

const success = (body: unknown): Fault => ({ kind: 'status', status: 200, body });

/** Of the requests that something may be created by. */
const isCreate = ({ effect, struck }: FaultedOperation): boolean =>
	effect === 'creates' && struck.method === 'POST';
const isDelete = ({ struck }: FaultedOperation): boolean => struck.method === 'DELETE';
const isPaged = ({ struck }: FaultedOperation): boolean =>
	struck.method === 'GET' && struck.after === 1;

/** Something that a server says of a list, or does with it. */
function listing(name: string, change: Partial<Variants>): PlannedFault {
	const plan = ({ sandbox }: Stage) => void Object.assign(sandbox.variants, change);
	return { name, modes: ['always'], strikes: isPaged, plan };
}

/** The log-in waits up to a minute, whatever the node's timeout is: too long for this matrix. */
function waiting(name: string, kind: Fault['kind']): PlannedFault {
	return { name, modes: BOTH, isSlow: true, strikes: isNoLogin, plan: failing({ kind }) };
}

function page(text: string): string {
	return `<html><head><title>Error</title></head><body><h1>${text}</h1></body></html>`;
}

/**
 * Every fault, in the order of the page. The log-in gets all of them except those that happen before or after it:
 * a refused connection, or a token that was already issued.
 */
export const faults: PlannedFault[] = [
	{
		name: 'Connection refused',
		modes: BOTH,
		strikes: isNoLogin,
		plan: ({ engine }, target) => refuseConnections(engine, target),
	},
	answering('Connection reset before processing', { kind: 'resetBefore' }),
	answering('Connection reset after processing', { kind: 'resetAfter' }),
	waiting('No answer, not processed', 'timeout'),
	waiting('No answer, but processed', 'timeoutAfter'),
	waiting('Answer that arrives slowly and never ends', 'drip'),
	answering('Answer cut off in the middle', { kind: 'truncated' }),
	answering('Content-Length too long', { kind: 'lengthTooLong' }),
	answering('Content-Length too short', { kind: 'lengthTooShort' }),
	answering('Log-in page with status 200', { kind: 'html' }, 'Please log in'),
	{
		...answering('Text with status 200', { kind: 'notJson', body: IN_TEXT }, IN_TEXT),
		isSuccess: true,
	},
	{
		...answering('Empty answer with status 200', { kind: 'status', status: 200, body: '' }),
		isSuccess: true,
	},
	{
		...answering('200 with `errors`', { kind: 'errorsIn200', message: NO_RIGHT }, NO_RIGHT),
		isSuccess: true,
	},
	{
		...answering(
			'200 with only a message',
			{ kind: 'status', status: 200, body: { message: NO_RIGHT } },
			NO_RIGHT,
		),
		isSuccess: true,
	},
	refusing('200 with `"result": 0`', { result: 0 }),
	refusing('200 with `"result": "false"`', { result: 'false' }),
	refusing('200 with `"result": null`', { result: null }),
	refusing('200 with `[]`', []),
	refusing('200 with rows and an error', ROWS_AND_ERROR, NO_RIGHT),
	{
		name: '200 with an ID and errors, after processing',
		modes: ['once'],
		said: NO_RIGHT,
		isSuccess: true,
		strikes: isCreate,
		plan: failing({ kind: 'statusAfter', status: 200, body: { id: 'new-1', errors: [NO_RIGHT] } }),
	},
	answering('302 to another server', { kind: 'redirect', location: ELSEWHERE }, ELSEWHERE),
	answering(
		'401 with Basic, or for the log-in',
		{ kind: 'status', status: 401, message: NO_RIGHT },
		NO_RIGHT,
	),
	{
		name: 'Access token expired',
		modes: ['once'],
		authentication: 'oauth2',
		strikes: isNoLogin,
		plan: ({ sandbox }) => sandbox.expireTokens(),
	},
	{
		...answering('401 with a token', { kind: 'status', status: 401, message: NO_RIGHT }, NO_RIGHT),
		authentication: 'oauth2',
		strikes: isNoLogin,
	},
	...[400, 403].map((status): PlannedFault => ({
		...answering(`Access token refused with ${status}`, {
			kind: 'status',
			status,
			body: { error: 'access_denied', message: NO_RIGHT },
		}),
		modes: ['once'],
		authentication: 'oauth2',
		strikes: (operation) => isNoLogin(operation) && isFirst(operation),
	})),
	answering('403', { kind: 'status', status: 403, message: NO_RIGHT }, NO_RIGHT),
	answering('429', { kind: 'status', status: 429, message: TOO_MANY }, TOO_MANY),
	answering(
		'429 with Retry-After',
		{ kind: 'status', status: 429, message: TOO_MANY, retryAfter: 2 },
		TOO_MANY,
	),
	...[429, 503].flatMap((status) =>
		['', 'soon'].map((retryAfter): PlannedFault => ({
			...answering(
				`${status} with a Retry-After that is ${retryAfter === '' ? 'empty' : 'no time'}`,
				{ kind: 'status', status, message: DOWN, retryAfter },
				DOWN,
			),
			modes: ['once'],
			strikes: isCreate,
		})),
	),
	answering('500 with a database error', { kind: 'status', message: SQL }, SQL),
	answering('500 after processing', { kind: 'statusAfter', message: AFTER_SAVE }, AFTER_SAVE),
	answering('500 with a web page', { kind: 'status', body: page(SQL) }, SQL),
	answering(
		'502 from a gateway',
		{ kind: 'status', status: 502, body: page('502 Bad Gateway') },
		'502 Bad Gateway',
	),
	answering('503', { kind: 'status', status: 503, message: DOWN }, DOWN),
	answering(
		'503 with Retry-After',
		{ kind: 'status', status: 503, message: DOWN, retryAfter: 2 },
		DOWN,
	),
	answering(
		'504 from a gateway after processing',
		{ kind: 'statusAfter', status: 504, body: page('504 Gateway Timeout') },
		'504 Gateway Timeout',
	),
	{
		name: '502, then a module or link that is not there',
		modes: ['once'],
		said: NO_MODEL,
		strikes: isDelete,
		plan({ sandbox }, target) {
			sandbox.failNext({ kind: 'status', status: 502, body: page('502 Bad Gateway') }, target);
			const missing: Fault = { kind: 'status', status: 404, message: NO_MODEL };
			sandbox.failNext(missing, { ...target, times: Infinity });
		},
	},
	{
		name: 'First request that is processed late',
		modes: ['once'],
		strikes: ({ items }) => items !== undefined,
		plan: failing({ kind: 'late', milliseconds: 100 }),
	},
	listing('Total of 0', { total: 'zero' }),
	listing('Total that is an empty text', { total: 'emptyText' }),
	{
		...listing('Total of the page alone', { total: 'page' }),
		// A run by hand wants ten: pages short enough for that are taken for the end of a list.
		strikes: (operation) => isPaged(operation) && operation.operation !== 'getChanges',
	},
	listing('No total', { total: 'missing' }),
	listing('Offset that is ignored', { offset: 'ignored' }),
	{
		...listing('Rows that tie come in another order for each page', { sortingById: 'ignored' }),
		isUnordered: true,
		// Of changes of the same second, any are the newest.
		strikes: (operation) => isPaged(operation) && operation.operation !== 'getChanges',
	},
];
