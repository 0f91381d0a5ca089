import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { JsonValue } from './json';

/** Whatever in n8n sends requests: a running node, a list in the editor, a trigger. */
export type N8nContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** The methods that a request to 1CRM may have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A stream of Node.js, as n8n's helpers return and take it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export interface CrmRequest {
	method: Method;
	/** Relative to `api.php`, from `apiPath`, e.g. `data/Account/1`. */
	path: string;
	/** Sent in PHP's form: `{fields: ['a']}` becomes `fields[]=a`. Undefined entries are left out. */
	query?: IDataObject;
	/** Sent as JSON. */
	body?: JsonValue;
	/** Sent as it is; `headers` say what it is. */
	text?: string;
	/** Makes the body of an upload anew for each try, because a stream can be read only once. */
	upload?: () => Promise<Buffer | ByteStream>;
	headers?: IDataObject;
	/** Whether an empty answer counts as a success. One with status 204 always does. */
	mayBeEmpty?: boolean;
	/** Whether the answer has to confirm a success. By default, that to a PATCH or DELETE has to. */
	isConfirmed?: boolean;
	/** Whether it deletes a record: if that isn't found after an answer was lost, the work is done. */
	mayBeGone?: boolean;
	/** How often it is sent at most, if 4 times would be too slow. */
	tries?: number;
	/** Whether its work can be done only once, like that of a POST. */
	notRepeatable?: boolean;
	/** What is asked for, in the words of the message if it isn't there, e.g. `Contact "1"`. */
	subject?: string;
}

export interface Answer<Body> {
	statusCode: number;
	headers: IDataObject;
	body: Body;
}

/** A successful answer. `body` is parsed if it is JSON, else it is the text itself. */
export type CrmAnswer = Answer<JsonValue>;

/** A successful answer whose bytes are still to come. */
export type StreamedAnswer = Answer<ByteStream>;
