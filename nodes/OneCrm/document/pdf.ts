import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { nameFromDisposition } from '../file/name';
import { recordTarget } from '../record/path';
import { apiPath } from '../transport/address';
import { isJsonObject, parseJson, serverMessage } from '../transport/answer';
import { apiError } from '../transport/apiError';
import { brokenFailure, notOneCrmFailure } from '../transport/failure';
import { receiveFile } from '../transport/request';

export interface PrintRequest {
	module: string;
	id: string;
	/** Whether to print what is kept of a person instead of the record. */
	personalData: boolean;
	timeoutSeconds: number;
}

export interface Pdf {
	content: Buffer;
	/** The name that 1CRM gives it, if any. */
	fileName: string | undefined;
}

/** How a PDF begins and ends. Readers accept some bytes around it, and a server may print notices there. */
const PDF_START = '%PDF-';
const PDF_END = '%%EOF';
const MARGIN = 1024;

/**
 * The print-out of a record. Throws what `receiveFile` throws, and a `NodeApiError` with the server's words
 * for anything that is no PDF: a web page or an error must not be stored as one, nor a PDF that breaks off.
 */
export async function printRecord(
	context: IExecuteFunctions,
	{ module, id, personalData, timeoutSeconds }: PrintRequest,
): Promise<Pdf> {
	const kind = personalData ? ['pdf', 'personal'] : ['pdf'];
	const request = {
		method: 'GET' as const,
		path: apiPath(['printer', ...kind, module, id]),
		subject: recordTarget(module, id).subject,
		timeoutSeconds,
	};
	return await receiveFile(context, request, async ({ statusCode, headers, body }) => {
		const content = await context.helpers.binaryToBuffer(body);
		if (!content.subarray(0, MARGIN).includes(PDF_START)) {
			throw noPdf(context, statusCode, content.toString());
		}
		if (!content.subarray(-MARGIN).includes(PDF_END)) {
			throw apiError(context, brokenFailure(false), statusCode);
		}
		return { content, fileName: nameFromDisposition(headers['content-disposition']) };
	});
}

function noPdf(context: IExecuteFunctions, statusCode: number, text: string) {
	const answer = parseJson(text);
	const body: IDataObject | undefined = isJsonObject(answer) ? answer : undefined;
	const message = serverMessage(answer);
	if (message === undefined) return apiError(context, notOneCrmFailure(text), statusCode);
	const description = '1CRM answered with a message instead of a PDF';
	return apiError(context, { message, description }, statusCode, body);
}
