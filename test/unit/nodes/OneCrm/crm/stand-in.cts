import type { IDataObject } from 'n8n-workflow';
import type { CrmClient } from '../../../../../nodes/OneCrm/crm/client';
import type { ModuleMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { CrmError, type ErrorDetails } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

export type Answer = IDataObject | Error | ((request: CrmRequest) => IDataObject);

/** An error as the client throws it. */
export function failed(
	status: number,
	details: ErrorDetails & { message?: string } = {},
): CrmError {
	const { message = `Status ${status}`, ...rest } = details;
	return new CrmError(node, { message }, { status, ...rest });
}

/** The error of a request whose answer was lost. */
export const lost = (): CrmError =>
	new CrmError(node, { message: 'No answer' }, { outcome: 'unknown' });

/**
 * A client without a server, for answers that are quicker to write down than to bring about: each request gets the
 * answer to it, such as `GET data/Quote/1`, and what has none isn't there. Modules without metadata aren't there either.
 */
export class StandIn {
	readonly sent: CrmRequest[];

	readonly crm: CrmClient;

	constructor(
		readonly answers: Record<string, Answer>,
		metadata: Record<string, ModuleMetadata | Error> = {},
	) {
		const { crm, sent } = clientWith((request) => this.answerTo(request));
		this.sent = sent;
		this.crm = Object.assign(crm, {
			async metadata(module: string) {
				const known = metadata[module] ?? failed(404);
				if (known instanceof Error) throw known;
				return known;
			},
		});
	}

	/** The requests in short, such as `GET data/Quote/1`. */
	get requests(): string[] {
		return this.sent.map(({ method, path }) => `${method} ${path}`);
	}

	/** What was written, by the request that wrote it. */
	get written(): Array<[request: string, body: unknown]> {
		return this.sent
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path, body }) => [`${method} ${path}`, body]);
	}

	private answerTo(request: CrmRequest): IDataObject {
		const answer = this.answers[`${request.method} ${request.path}`] ?? failed(404);
		if (answer instanceof Error) throw answer;
		return typeof answer === 'function' ? answer(request) : answer;
	}
}

/** An answer with all the records of a list. */
export const listOf = (...records: IDataObject[]): IDataObject => ({
	records,
	total_results: records.length,
});

/** The answers with the pages of a long list, whose IDs are numbers. */
export const pagesOf =
	(length: number, record: IDataObject = {}): Answer =>
	({ query }) => {
		const from = Number(query?.offset ?? 0);
		const to = Math.min(length, from + Number(query?.limit ?? length));
		const records = Array.from({ length: to - from }, (_, at) => ({ ...record, id: from + at }));
		return { records, total_results: length };
	};

/** An answer with one record. */
export const oneOf = (record: IDataObject): IDataObject => ({ record });
