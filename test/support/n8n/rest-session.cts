import { Agent } from 'node:http';

import axios, { type AxiosInstance } from 'axios';

/** Speaks to n8n as its editor does: JSON under /rest, signed in by a cookie. */
export class RestSession {
	private readonly http: AxiosInstance;

	private cookie = '';

	constructor(url: string) {
		// n8n ends a connection that has waited for some seconds, perhaps just when the next request is on its way.
		const httpAgent = new Agent({ keepAlive: false });
		const validateStatus = () => true;
		this.http = axios.create({ baseURL: url, httpAgent, proxy: false, validateStatus });
	}

	/** Sends one request and returns the `data` property of n8n's answer. */
	async request<Answer>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: object,
	): Promise<Answer> {
		const { status, data, headers } = await this.http.request<{ data: Answer; message?: string }>({
			method,
			url: `/rest${path}`,
			data: body,
			headers: { Cookie: this.cookie },
		});
		if (status >= 400) {
			const { message = JSON.stringify(data) } = data;
			throw new Error(`n8n answered ${status} to ${method} /rest${path}: ${message}`);
		}
		const cookie = headers['set-cookie']?.find((line) => line.startsWith('n8n-auth='));
		if (cookie) [this.cookie] = cookie.split(';');
		return data.data;
	}

	/** Reads a file that n8n serves outside its REST API. */
	async readFile<Content>(path: string): Promise<Content> {
		const { status, data } = await this.http.get<Content>(path, {
			headers: { Cookie: this.cookie },
		});
		if (status >= 400) throw new Error(`n8n answered ${status} to GET ${path}`);
		return data;
	}
}
