import axios, { type AxiosInstance } from 'axios';

/** What n8n answered to a request that it refused. */
export class N8nRequestError extends Error {
	constructor(
		request: string,
		readonly status: number,
		readonly answer: { message?: string },
	) {
		super(`n8n answered ${status} to ${request}: ${answer.message ?? JSON.stringify(answer)}`);
		this.name = 'N8nRequestError';
	}
}

/** Speaks to n8n as its editor does: JSON under /rest, signed in by a cookie. */
export class RestSession {
	private readonly http: AxiosInstance;

	private cookie = '';

	constructor(url: string) {
		this.http = axios.create({ baseURL: url, proxy: false, validateStatus: () => true });
	}

	/** Sends one request and gives the `data` that n8n wraps its answers in. */
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
		if (status >= 400) throw new N8nRequestError(`${method} /rest${path}`, status, data);
		const cookie = headers['set-cookie']?.find((line) => line.startsWith('n8n-auth='));
		if (cookie) [this.cookie] = cookie.split(';');
		return data.data;
	}

	/** Reads a file that n8n serves outside its REST API. */
	async readFile<Content>(path: string): Promise<Content> {
		const { status, data } = await this.http.get<Content>(path, {
			headers: { Cookie: this.cookie },
		});
		if (status >= 400) throw new N8nRequestError(`GET ${path}`, status, {});
		return data;
	}
}
