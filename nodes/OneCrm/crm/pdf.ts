import { apiPath } from '../http/address';
import { serverMessage } from '../http/answer';
import type { CrmError } from '../http/errors';
import { brokenFailure, notOneCrmFailure } from '../http/failure';
import { isJsonObject, parseJson } from '../http/json';
import type { ByteStream } from '../http/types';
import type { CrmClient } from './client';
import { nameFromDisposition } from './file/name';
import type { RecordKey } from './record';
import { recordTarget } from './record';

interface Pdf {
	content: Buffer;
	/** 1CRM's name for it, if any. */
	fileName: string | undefined;
}

interface PrintOptions {
	/** Whether to print what is kept of a person instead of the record. */
	personalData: boolean;
	/** Reads a stream to its end, as n8n's helper does. */
	readStream: (stream: ByteStream) => Promise<Buffer>;
}

/** How a PDF begins and ends. Readers accept some bytes around it, and a server may print notices there. */
const PDF_START = '%PDF-';
const PDF_END = '%%EOF';
const MARGIN = 1024;

/**
 * The print-out of a record. Throws what `HttpClient.receive` throws, and a `CrmError` with the server's words
 * for anything that isn't a PDF: a web page or an error must not be stored as one, nor a PDF that breaks off.
 */
export async function printRecord(
	crm: CrmClient,
	key: RecordKey,
	{ personalData, readStream }: PrintOptions,
): Promise<Pdf> {
	const kind = personalData ? ['pdf', 'personal'] : ['pdf'];
	const request = {
		method: 'GET' as const,
		path: apiPath(['printer', ...kind, key.module, key.id]),
		subject: recordTarget(key).subject,
	};
	return await crm.http.receive(request, async ({ statusCode, headers, body }) => {
		const content = await readStream(body);
		if (!content.subarray(0, MARGIN).includes(PDF_START)) {
			throw noPdf(crm, statusCode, content.toString());
		}
		if (!content.subarray(-MARGIN).includes(PDF_END)) {
			throw crm.http.error(brokenFailure(false), { status: statusCode });
		}
		return { content, fileName: nameFromDisposition(headers['content-disposition']) };
	});
}

function noPdf(crm: CrmClient, status: number, text: string): CrmError {
	const body = parseJson(text);
	const message = serverMessage(body);
	if (message === undefined) return crm.http.error(notOneCrmFailure(text), { status });
	const description = '1CRM answered with a message instead of a PDF';
	return crm.http.error(
		{ message, description },
		{ status, body: isJsonObject(body) ? body : undefined },
	);
}
