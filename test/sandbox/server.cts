import express, { type Express, type Request, type Response, Router } from 'express';
import { type Answer, errorAnswer, htmlPage } from './answers.cts';
import { callerOf, requireScope } from './authentication.cts';
import { type Capacity, refuseExcess, slowdown } from './capacity.cts';
import type { Crm } from './crm.cts';
import { ApiError, badRequest, forbidden, notFound } from './errors.cts';
import { faultAnswer } from './fault-answers.cts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Faults } from './faults.cts';
import type { Gate } from './gate.cts';
import { Journey } from './journey.cts';
import { parsePhpQuery } from './php-query.cts';
import { type Call, DONE, type Route } from './route.cts';
import { UPLOAD_PATH } from './routes/files.cts';
import { allRoutes } from './routes/routes.cts';
import { send } from './sending.cts';
import type { ReceivedRequest, Traffic } from './traffic.cts';

const MOST_BODY = '100mb';
const LATE_MS = 300;

/** What the server needs beside the CRM. */
interface ServerParts {
	crm: Crm;
	traffic: Traffic;
	faults: Faults;
	gate: Gate;
	/** The folder of 1CRM's installation, e.g. `/crm`. Empty for the root. */
	folder: string;
	/** The least time of a request in milliseconds. */
	latency: () => number;
	capacity: () => Capacity;
	stopping: AbortSignal;
}

/** What is known of a request while it is served. */
interface Serving {
	path: string;
	body: unknown;
	journey: Journey;
	fault?: Fault;
}

const servings = new WeakMap<Request, Serving>();

function servingOf(request: Request): Serving {
	const serving = servings.get(request);
	if (!serving) throw new Error('The request was not received');
	return serving;
}

/** The HTTP side of the sandbox: `<folder>/api.php` with everything below it. */
export function createServerApp(parts: ServerParts): Express {
	const { crm, folder } = parts;
	const app = express();
	app.disable('x-powered-by');
	app.enable('case sensitive routing');
	app.set('query parser', parsePhpQuery);

	const api = Router({ caseSensitive: true });
	api.use((request, _response, next) => {
		// The web server before PHP counts the whole first line of a request.
		const line = `${request.method} ${request.originalUrl} HTTP/1.1`;
		if (line.length > crm.variants.longestAddress) {
			throw new ApiError(414, 'Request-URI Too Long', { form: 'html' });
		}
		next();
	});
	api.use(express.raw({ type: (request) => !isUpload(request.url), limit: MOST_BODY }));
	api.use(async (request, response, next) => {
		receive(parts, request, response);
		await servingOf(request).journey.arrive();
		await parts.gate.pass(request.method, servingOf(request).path, 'request');
		if (!(await strike(parts, request, response))) next();
	});
	api.use((_request, _response, next) => {
		if (!crm.variants.editionHasApi) throw forbidden('The API is not available in this edition');
		if (crm.variants.httpsOnly) throw forbidden('The API must be called over HTTPS');
		next();
	});
	addRoutes(api, parts);
	api.use(() => {
		throw notFound();
	});
	api.use(async (error: unknown, request: Request, response: Response, _next: () => void) => {
		if (parts.stopping.aborted || response.headersSent) return;
		await respond(parts, request, response, errorAnswer(asApiError(error), crm.variants));
	});

	app.use(`${folder}/api.php`, api);
	// Any other address returns a page for people, as on a real server.
	app.use(async (request, response) => {
		const isInside = request.path === '/' || request.path.startsWith(`${folder}/`);
		const page = isInside
			? htmlPage('1CRM sandbox', 'Please log in. (This is a stand-in, not 1CRM.)')
			: htmlPage('Not Found', 'The requested URL was not found on this server.', 404);
		await send(response, page, crm.variants);
	});
	return app;
}

const isUpload = (url: string | undefined) => url?.split('?')[0].replace(/\/$/, '') === UPLOAD_PATH;

/** Takes note of a request and works out its real method. */
function receive(parts: ServerParts, request: Request, response: Response): void {
	const { traffic, latency, capacity, stopping } = parts;
	const override = request.headers['x-http-method-override'];
	if (request.method === 'POST' && typeof override === 'string') {
		request.method = override.toUpperCase();
	}
	const received: ReceivedRequest = {
		method: request.method,
		path: request.path,
		query: request.query,
		headers: request.headers,
		body: parsedBody(request),
		startedAt: Date.now(),
	};
	traffic.begin(received);
	response.on('close', () => {
		traffic.end(received, response.headersSent ? response.statusCode : undefined);
	});
	const { underWay } = traffic;
	const journey = new Journey(latency() * slowdown(capacity(), underWay), stopping);
	servings.set(request, { path: request.path, body: received.body, journey });
	refuseExcess(capacity(), underWay);
}

function parsedBody(request: Request): unknown {
	const body: unknown = request.body;
	if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
	if (!request.is('application/json')) return body;
	try {
		return JSON.parse(body.toString());
	} catch {
		return body;
	}
}

/** Lets a planned fault strike; true if nothing is left to be done. */
async function strike(parts: ServerParts, request: Request, response: Response): Promise<boolean> {
	const serving = servingOf(request);
	const fault = parts.faults.take(request.method, serving.path);
	serving.fault = fault;
	if (!fault) return false;
	if (fault.kind === 'late') {
		await pause(fault.milliseconds ?? LATE_MS, undefined, { signal: parts.stopping });
		return false;
	}
	if (fault.kind === 'resetBefore') request.socket.destroy();
	if (fault.kind === 'resetBefore' || fault.kind === 'timeout') return true;
	const { method, headers } = request;
	const answer = faultAnswer(fault, { method, headers, body: serving.body });
	if (!answer) return false;
	await respond(parts, request, response, answer);
	return true;
}

async function respond(
	{ crm, gate }: ServerParts,
	request: Request,
	response: Response,
	answer: Answer,
): Promise<void> {
	// A body that could not be read never became a serving.
	const serving = servings.get(request);
	if (serving) await gate.pass(request.method, serving.path, 'answer');
	try {
		await serving?.journey.return();
	} catch {
		// The sandbox stops and answers nobody.
		return;
	}
	await send(response, answer, crm.variants, serving?.fault);
}

function addRoutes(api: Router, parts: ServerParts): void {
	const { crm } = parts;
	for (const [path, routes] of byPath(allRoutes(crm))) {
		const place = api.route(path);
		for (const route of routes) {
			place[route.method](async (request: Request, response: Response) => {
				const answer = await route.answer(callOf(crm, route, request));
				const confirmed = { json: { result: crm.variants.confirmation } };
				await respond(parts, request, response, answer === DONE ? confirmed : answer);
			});
		}
		place.all(() => {
			throw new ApiError(405, 'Method not allowed');
		});
	}
}

function byPath(routes: Route[]): Map<string, Route[]> {
	const grouped = new Map<string, Route[]>();
	for (const route of routes) grouped.set(route.path, [...(grouped.get(route.path) ?? []), route]);
	return grouped;
}

function callOf(crm: Crm, route: Route, request: Request): Call {
	let userId = '';
	if (route.scope !== 'public') {
		const caller = callerOf(crm, request.headers.authorization);
		requireScope(caller, route.scope);
		userId = caller.userId;
	}
	const params = Object.fromEntries(
		Object.entries(request.params).map(([name, value]) => [name, String(value)]),
	);
	const { body } = servingOf(request);
	return { params, query: request.query, headers: request.headers, body, stream: request, userId };
}

function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	if (error instanceof URIError) return badRequest('Bad request');
	return new ApiError(500, error instanceof Error ? error.message : String(error));
}
