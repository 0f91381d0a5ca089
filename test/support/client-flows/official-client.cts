import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import qs from 'qs';

import type { Sandbox } from '../../sandbox/sandbox.cts';
import type { Login } from './flow.cts';

type Row = Record<string, string | null>;

interface ListOptions {
	fields?: string[];
	filters?: Record<string, string | number | boolean>;
	order?: string;
	filter_text?: string;
	query_favorite?: boolean;
}

interface List {
	records: Row[];
	total_results: number;
}

/** An answer that isn't a success, as 1CRM's own client tells it. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

/** The requests of 1CRM's own PHP client, method by method: the same paths, parameters, bodies and headers. */
export class OfficialClient {
	constructor(
		readonly http: AxiosInstance,
		readonly sandbox: Sandbox,
	) {}

	static anonymous(sandbox: Sandbox, authorization?: string): OfficialClient {
		const http = axios.create({
			baseURL: `${sandbox.url}/api.php`,
			headers: authorization === undefined ? {} : { Authorization: authorization },
			maxRedirects: 0,
			proxy: false,
			validateStatus: () => true,
			// As PHP writes a query: arrays with places, switches as 1 and 0.
			paramsSerializer: (params) => qs.stringify(params, { encoder }),
		});
		return new OfficialClient(http, sandbox);
	}

	static async loggedIn(sandbox: Sandbox, login: Login): Promise<OfficialClient> {
		if (login === 'Basic') {
			const credentials = `${sandbox.username}:${sandbox.password}`;
			const encoded = Buffer.from(credentials).toString('base64');
			return OfficialClient.anonymous(sandbox, `Basic ${encoded}`);
		}
		const { access_token } = await OfficialClient.anonymous(sandbox).token('client_credentials');
		return OfficialClient.anonymous(sandbox, `Bearer ${access_token}`);
	}

	/** The answer to a request for a token. */
	async token(
		grantType: string,
		more: Record<string, string> = {},
	): Promise<Record<string, string>> {
		const { clientId, clientSecret } = this.sandbox;
		return await this.post('/auth/user/access_token', {
			grant_type: grantType,
			client_id: clientId,
			scope: 'read write profile',
			client_secret: clientSecret,
			...more,
		});
	}

	async get<Answer = Record<string, unknown>>(path: string, params: object = {}): Promise<Answer> {
		return answerOf(await this.http.get(path, { params }));
	}

	async post<Answer = Record<string, string>>(path: string, body: object): Promise<Answer> {
		return answerOf(await this.http.post(path, body));
	}

	async patch(path: string, body: object): Promise<unknown> {
		return answerOf(await this.http.patch(path, body));
	}

	async delete(path: string): Promise<unknown> {
		return answerOf(await this.http.delete(path));
	}

	/** The bytes of an answer that isn't JSON. */
	async bytes(path: string): Promise<Buffer> {
		const { status, data } = await this.http.get(path, { responseType: 'arraybuffer' });
		if (status !== 200) throw new Refusal(status, Buffer.from(data).toString());
		return Buffer.from(data);
	}

	async list(model: string, options: ListOptions = {}, offset = 0, limit = 0): Promise<List> {
		return await this.page(`/data/${model}`, options, offset, limit);
	}

	async related(
		[model, id, link]: [model: string, id: string, link: string],
		options: ListOptions = {},
		offset = 0,
		limit = 0,
	): Promise<List> {
		return await this.page(`/data/${model}/${id}/${link}`, options, offset, limit);
	}

	async auditLogs(model: string, id?: string, offset = 0, limit = 0): Promise<List> {
		return await this.page(id ? `/audit/${model}/${id}` : `/audit/${model}`, {}, offset, limit);
	}

	async reports(model: string, id?: string, offset = 0, limit = 0): Promise<List> {
		return await this.page(id ? `/reports/${model}/${id}` : `/reports/${model}`, {}, offset, limit);
	}

	async record(model: string, id: string, fields: string[] = []): Promise<Row> {
		return (await this.get<{ record: Row }>(`/data/${model}/${id}`, { fields })).record;
	}

	async create(model: string, data: object): Promise<string> {
		return (await this.post<{ id: string }>(`/data/${model}`, { data })).id;
	}

	async update(model: string, id: string, data: object): Promise<unknown> {
		return await this.patch(`/data/${model}/${id}`, { data, create: false });
	}

	/** `ids`, or ids with the data that belongs to the relation. */
	async addRelated(
		[model, id, link]: [model: string, id: string, link: string],
		ids: string[] | Record<string, object>,
	): Promise<unknown> {
		const isPlain = Array.isArray(ids);
		return await this.post(`/data/${model}/${id}/${link}`, {
			records: isPlain ? ids : [],
			records_with_data: isPlain
				? []
				: Object.entries(ids).map(([related, data]) => ({ ...data, id: related })),
		});
	}

	async upload(content: string | Buffer, name: string, type: string): Promise<string> {
		const headers = {
			'Content-Type': type,
			'X-OneCRM-Filename': Buffer.from(name).toString('latin1'),
		};
		return answerOf<{ id: string }>(
			await this.http.post('/files/upload', Buffer.from(content), { headers }),
		).id;
	}

	private async page(
		path: string,
		options: ListOptions,
		offset: number,
		limit: number,
	): Promise<List> {
		return await this.get(path, { ...options, offset, ...(limit > 0 && { limit }) });
	}
}

function encoder(value: unknown, encode: (text: unknown) => string): string {
	return encode(typeof value === 'boolean' ? String(Number(value)) : value);
}

/** Only 200 is a success, and it has JSON. */
function answerOf<Answer>({ status, data }: AxiosResponse): Answer {
	if (status !== 200) throw new Refusal(status, String(data?.message ?? data));
	if (typeof data !== 'object') throw new Refusal(500, 'The answer is no JSON');
	return data as Answer;
}
