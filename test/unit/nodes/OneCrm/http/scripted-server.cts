import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { N8nContext } from '../../../../../nodes/OneCrm/http/types';
import { node } from './node.cts';

/** What the next request gets: an answer, or what n8n's helper throws. */
export type Scripted = Partial<IN8nHttpFullResponse> | Error;

/** What n8n's helper throws for a request that got no answer, by the code of the network. */
export function networkError(code: string): Error {
	const config = { url: 'https://crm.example.com/api.php/x' };
	return Object.assign(new Error(code), { cause: { code, config } });
}

/** n8n for a node whose requests are answered from a list, in its order, or by a function. */
export class ScriptedServer {
	readonly requests: IHttpRequestOptions[] = [];

	constructor(private readonly answers: Scripted[] | ((url: URL) => Scripted)) {}

	get context(): N8nContext {
		const credentials = { domain: 'crm.example.com', username: 'admin', password: 'pass-word-1' };
		return {
			getNode: () => node,
			getInputData: () => [],
			getCredentials: async () => await Promise.resolve(credentials),
			helpers: {
				httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
					await this.answer(options),
			},
		} as unknown as N8nContext;
	}

	private async answer(options: IHttpRequestOptions): Promise<Partial<IN8nHttpFullResponse>> {
		this.requests.push(options);
		const { answers } = this;
		const next = Array.isArray(answers)
			? answers.shift()
			: answers(new URL(options.url, 'https://crm.example.com/api.php/'));
		if (next === undefined) throw new Error('Nobody expected this request');
		if (next instanceof Error) throw next;
		return await Promise.resolve({ statusCode: 200, headers: {}, body: '', ...next });
	}
}
