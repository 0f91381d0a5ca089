import { isNamelessNotFound, serverMessage } from './answer';
import { parseJson } from './json';
import { quotation, snippet } from './quotation';

/** What went wrong in words for the user of a workflow: what happened, and what to do next. */
export interface Failure {
	message: string;
	description?: string;
	/** What else to do if the node has options for it. Continues the description. */
	option?: string;
	/** What the answer says if it isn't JSON. Follows the advice. */
	quotation?: string;
}

const RAISE_TIMEOUT = "raise 'Timeout' in the options";

const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY_LEAF|ISSUER/;
const NOT_HTTPS_CODE = /EPROTO|ERR_SSL|WRONG_VERSION/;

const NOT_FOUND_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const UNREACHABLE_CODES = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);
const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * Words for a request that got no answer.
 *
 * `code` is the error code of Node's network layer (`ENOTFOUND`, `CERT_HAS_EXPIRED`, …), `host` the
 * host with port that was asked. The codes themselves stay out of the message: n8n replaces a
 * message that contains one with its own general text.
 */
export function networkFailure(code: string | undefined, host: string): Failure {
	const cause = code ?? '';
	if (NOT_FOUND_CODES.has(cause)) {
		return {
			message: `The host "${host}" was not found`,
			description: "Check the spelling of 'Domain' in the 1CRM credential",
		};
	}
	if (cause === 'ECONNREFUSED') {
		return {
			message: `"${host}" refuses connections`,
			description:
				"Check 'Domain' and its port in the 1CRM credential, and that the server is running",
		};
	}
	if (UNREACHABLE_CODES.has(cause)) {
		return {
			message: `"${host}" cannot be reached from here`,
			description: 'Check the network, VPN or firewall between n8n and 1CRM',
		};
	}
	if (TIMEOUT_CODES.has(cause)) {
		return {
			message: `"${host}" didn't answer in time`,
			description: 'Try again later',
			option: RAISE_TIMEOUT,
		};
	}
	if (CERTIFICATE_CODE.test(cause)) {
		return {
			message: `The certificate of "${host}" is not trusted (${cause.toLowerCase().replaceAll('_', ' ')})`,
			description:
				"Install a valid certificate on the server or, in a network of your own, switch on 'Ignore SSL Issues' in the 1CRM credential",
		};
	}
	if (NOT_HTTPS_CODE.test(cause)) {
		return {
			message: `"${host}" doesn't support https`,
			description:
				"Check the port in 'Domain'. For a server without https write http:// and switch on 'Allow HTTP' in the 1CRM credential",
		};
	}
	return {
		message: `The connection to "${host}" was lost before an answer arrived`,
		description: 'Try again later',
	};
}

/** Words for an answer in JSON that breaks off in the middle. */
export function cutOffFailure(text: string): Failure {
	return {
		message: "1CRM's answer was cut off",
		description: `Try again later. The answer begins with: ${snippet(text)}`,
	};
}

/** Words for a file that did not arrive whole: the connection broke, or nothing came any more (`isStalled`). */
export function brokenFailure(isStalled: boolean): Failure {
	return isStalled
		? {
				message: '1CRM stopped sending in the middle of the file',
				description: 'The incomplete file was discarded. Try again later',
				option: RAISE_TIMEOUT,
			}
		: {
				message: 'The connection was lost in the middle of the file',
				description: 'The incomplete file was discarded. Try again later',
			};
}

/** Words for an answer that doesn't come from a 1CRM API: a web page, text, or nothing. */
export function notOneCrmFailure(body: string): Failure {
	const beginning = snippet(body);
	return {
		message: "This address doesn't answer like a 1CRM API",
		description: `Check 'Domain' in the 1CRM credential, and the folder if 1CRM is installed in one. ${
			beginning === '' ? 'The answer was empty' : `The answer begins with: ${beginning}`
		}`,
	};
}

/** Words for a redirect, which is never followed: 1CRM's own clients follow none, and it could carry a password elsewhere. */
export function redirectFailure(location: string | undefined): Failure {
	return {
		message: `1CRM redirects to another address${location === undefined ? '' : `: ${withoutQuery(location)}`}`,
		description: "Enter that address as 'Domain' in the 1CRM credential",
	};
}

/** A redirect's query may contain a token. */
function withoutQuery(location: string): string {
	return location.replace(/[?#].*$/s, '');
}

const ADVICE: Record<number, string> = {
	401: "Check 'User Name' and 'Password' in the 1CRM credential. Basic authentication is off by default in 1CRM: ask an administrator to switch it on, or choose 'Access Token' or 'API Client' as 'Authentication' in the credential",
	403: 'The user may not have the right to do this in 1CRM. If every request is refused: only the Pro and Enterprise editions have the API, an administrator may have switched it off, a new cloud account needs one login in the browser first, and 1CRM refuses http unless an administrator allows it',
	404: "Check the record's ID, the link's name if you use one, and the spelling of the module: 1CRM expects the singular name, e.g. Account or aCase. The record may also have been deleted",
	405: "1CRM doesn't offer this method at this address",
	413: 'The server limits the size of requests',
	429: 'Too many requests in a short time. Try again later',
};

const OPTIONS: Record<number, string> = { 429: "lower 'Parallel Requests' in the options" };

const SERVER_ADVICE = 'Try again later. If this continues, look in the log of the 1CRM server';

/**
 * Words for an answer with a status that says no.
 *
 * `said` is what 1CRM wrote (see `serverMessage`), undefined if it wrote nothing readable. `subject`
 * is what was asked for, e.g. `Contact "1"`.
 */
export function statusFailure(status: number, said: string | undefined, subject?: string): Failure {
	const description = ADVICE[status] ?? (status >= 500 ? SERVER_ADVICE : undefined);
	if (status === 401) {
		return {
			message: "1CRM didn't accept the login",
			description: sentences(said, description),
		};
	}
	const isNameless = said === undefined || isNamelessNotFound(said);
	if (status === 404 && isNameless && subject !== undefined) {
		return { message: `${subject} was not found`, description };
	}
	const message = said ?? `1CRM answered with status ${status}`;
	return { message, description, option: OPTIONS[status] };
}

/**
 * The same for the text of the answer. If 1CRM says nothing in JSON, a server in front of 1CRM or PHP itself has made
 * the page, and the description quotes what it reads.
 */
export function answerFailure(status: number, text: string, subject?: string): Failure {
	const said = serverMessage(parseJson(text));
	const failure = statusFailure(status, said, subject);
	if (said !== undefined) return failure;
	return { ...failure, quotation: quotation(text) };
}

/** Puts several sentences into one text: `['No', 'Ask again']` → `No. Ask again`. Missing ones are left out. */
export function sentences(...parts: Array<string | undefined>): string | undefined {
	const present = parts.filter((part): part is string => Boolean(part));
	if (present.length === 0) return undefined;
	const last = present.pop();
	return [...present.map((part) => part.replace(/\.$/, '')), last].join('. ');
}
