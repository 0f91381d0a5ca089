import axios, { type AxiosInstance } from 'axios';

import { isLoopback } from '../../nodes/OneCrm/http/address';
import { NotAskable } from './fact.cts';
import type { Settings } from './settings.cts';

/** An answer as text, and as JSON if it is JSON. */
export interface Reply {
	status: number;
	text: string;
	json: unknown;
}

export interface Question {
	method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Below `api.php`. */
	path: string;
	query?: Record<string, string | number>;
	body?: unknown;
	headers?: Record<string, string>;
	/** The value of the `Authorization` header; an empty one sends none. */
	authorization?: string;
}

interface TokenOptions {
	/** As form fields, not as JSON. */
	asForm?: boolean;
	changes?: Record<string, string>;
}

const TOKEN_PATH = 'auth/user/access_token';
const TIMEOUT = 60_000;

/** The API of a 1CRM, asked without the checks of the nodes, to see what it does by itself. */
export class Server {
	private readonly http: AxiosInstance;

	private login?: Promise<string>;

	constructor(readonly settings: Settings) {
		this.http = axios.create({
			maxRedirects: 0,
			// A proxy of the machine is for the world outside.
			...(isLoopback(new URL(settings.baseUrl).hostname) && { proxy: false }),
			// As bytes: of a text axios would drop the byte order mark, and read JSON.
			responseType: 'arraybuffer',
			timeout: TIMEOUT,
			validateStatus: () => true,
		});
	}

	/** Asks as the user of the settings, or as the question says. */
	async ask(question: Question, baseUrl = this.settings.baseUrl): Promise<Reply> {
		const { method = 'GET', path, query, body, headers } = question;
		const authorization = question.authorization ?? (await this.authorization());
		const { status, data } = await this.http.request<Buffer | undefined>({
			method,
			url: `${baseUrl}/${path}`,
			params: query,
			data: body,
			headers: { ...headers, ...(authorization && { Authorization: authorization }) },
		});
		const text = data?.toString() ?? '';
		return { status, text, json: parsed(text) };
	}

	/** The result of `ask`, if it is an object with status 200. Otherwise throws with the status. */
	async read(question: Question): Promise<Record<string, unknown>> {
		const { status, json } = await this.ask(question);
		if (status !== 200 || !isMap(json)) throw new Refused(status);
		return json;
	}

	basic(username = this.settings.username, password = this.settings.password): string {
		return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
	}

	/**
	 * Asks for an access token, with `changes` to what is sent. `NotAskable` without an API client.
	 */
	async askForToken(
		grantType: string,
		{ asForm = false, changes = {} }: TokenOptions = {},
	): Promise<Reply> {
		const { client, username, password } = this.settings;
		if (!client) throw new NotAskable('set ONECRM_CLIENT_ID and ONECRM_CLIENT_SECRET');
		const body = {
			grant_type: grantType,
			client_id: client.id,
			client_secret: client.secret,
			scope: 'read write profile',
			...(grantType === 'password' && { username, password }),
			...changes,
		};
		return await this.ask({
			method: 'POST',
			path: TOKEN_PATH,
			body: asForm ? new URLSearchParams(body).toString() : body,
			headers: { 'Content-Type': `application/${asForm ? 'x-www-form-urlencoded' : 'json'}` },
			authorization: '',
		});
	}

	private async authorization(): Promise<string> {
		this.login ??= this.settings.client ? this.bearer() : Promise.resolve(this.basic());
		return await this.login;
	}

	/** A server that issues no token may still accept Basic. */
	private async bearer(): Promise<string> {
		const { json } = await this.askForToken('password');
		return isMap(json) && json.access_token ? `Bearer ${String(json.access_token)}` : this.basic();
	}
}

/** A request that the fact needs was not answered as it should be. */
export class Refused extends Error {
	constructor(status: number) {
		super(`refused with ${status}`);
	}
}

/** Whether a value of JSON is an object: not null, not a list. */
export function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
	// A separate fact covers what comes before the JSON.
	for (const json of [text.trim(), text.slice(Math.max(0, text.indexOf('{')))]) {
		try {
			return JSON.parse(json) as unknown;
		} catch {
			continue;
		}
	}
	return undefined;
}
