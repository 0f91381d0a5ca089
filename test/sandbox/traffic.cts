import type { IncomingHttpHeaders } from 'node:http';
import type { PhpQuery } from './php-query.cts';

/** A request as the sandbox received it. */
export interface ReceivedRequest {
	/** The method in force, `X-HTTP-Method-Override` applied. */
	method: string;
	/** The path below `api.php`, as sent. */
	path: string;
	query: PhpQuery;
	headers: IncomingHttpHeaders;
	/** Parsed JSON; a buffer if it was something else; undefined for uploads and empty bodies. */
	body: unknown;
	/** Milliseconds since 1970. */
	startedAt: number;
	finishedAt?: number;
	/** The status of the answer. Missing if there was none. */
	status?: number;
}

/** Records the requests, and how many of them arrived at the same time. */
export class Traffic {
	requests: ReceivedRequest[] = [];

	/** The highest number of requests under way at once. */
	peak = 0;

	underWay = 0;

	begin(request: ReceivedRequest): void {
		this.requests.push(request);
		this.underWay++;
		this.peak = Math.max(this.peak, this.underWay);
	}

	end(request: ReceivedRequest, status: number | undefined): void {
		this.underWay--;
		request.finishedAt = Date.now();
		request.status = status;
	}

	clear(): void {
		this.requests.length = 0;
		this.peak = this.underWay;
	}
}
