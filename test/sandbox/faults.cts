/** Something that goes wrong with one request. */
export interface Fault {
	kind:
		| /** An answer of this status instead of the work. */ 'status'
		| /** The request is processed, but a gateway in front of the server answers with this status. */ 'statusAfter'
		| /** The connection is cut before the work is done. */ 'resetBefore'
		| /** The work is done, then the connection is cut without an answer. */ 'resetAfter'
		| /** No answer, and the request isn't processed. The client has to stop waiting. */ 'timeout'
		| /** The work begins later than that of requests that come meanwhile. */ 'late'
		| /** The request is processed, but there is no answer. */ 'timeoutAfter'
		| /** The request is processed, but the answer arrives byte by byte and never ends. */ 'drip'
		| /** A web page with status 200. */ 'html'
		| /** The answer is cut in the middle, though its length was announced. */ 'truncated'
		| /** The whole answer, its announced length twice as long; then the connection ends. */ 'lengthTooLong'
		| /** The whole answer, its announced length half as long. */ 'lengthTooShort'
		| /** Plain text with status 200. */ 'notJson'
		| /** A page of a firewall that quotes the request with its headers and its body, `status` 403 unless given. */ 'quotedRequest'
		| /** 302 to `location`. */ 'redirect'
		| /** 200 with `{"errors": […]}`. */ 'errorsIn200';
	/** For the kinds `status` and `statusAfter`. 500 by default. */
	status?: number;
	/** `Retry-After`, in seconds or as a date. */
	retryAfter?: number | string;
	headers?: Record<string, string>;
	/** A text is sent unchanged, anything else as JSON. */
	body?: unknown;
	/** The message of the error body, if there is no `body`. */
	message?: string;
	location?: string;
	/** Of the kind `late`: so many milliseconds. */
	milliseconds?: number;
}

/** Which requests a fault strikes. */
export interface FaultTarget {
	method?: string;
	/** Tested against the path below `api.php`. */
	path?: RegExp;
	/** How many matching requests succeed first. None by default. */
	after?: number;
	/** How many requests fail. 1 by default. */
	times?: number;
}

interface PlannedFault {
	fault: Fault;
	target: FaultTarget;
	/** How many requests that match are still let through. */
	spared: number;
	left: number;
}

/** Whether a request is one of these. */
export const isTarget = (target: FaultTarget, method: string, path: string): boolean =>
	(target.method === undefined || target.method.toUpperCase() === method) &&
	(target.path === undefined || target.path.test(path));

/** The faults that are still to strike, first planned first. */
export class Faults {
	private planned: PlannedFault[] = [];

	failNext(fault: Fault, target: FaultTarget = {}): void {
		this.planned.push({ fault, target, spared: target.after ?? 0, left: target.times ?? 1 });
	}

	clear(): void {
		this.planned = [];
	}

	/** The fault that strikes this request. */
	take(method: string, path: string): Fault | undefined {
		const hit = this.planned.find(({ target }) => isTarget(target, method, path));
		if (!hit) return undefined;
		if (hit.spared > 0) {
			hit.spared--;
			return undefined;
		}
		hit.left--;
		if (hit.left <= 0) this.planned = this.planned.filter((planned) => planned !== hit);
		return hit.fault;
	}
}
