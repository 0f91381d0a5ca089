import { serverMessage } from '../../http/answer';
import type { Failure } from '../../http/failure';
import { sentences } from '../../http/failure';
import { asMap, parseJson } from '../../http/json';
import { answerInstead } from '../../http/quotation';
import type { FileInfo } from './info';

/** What came where a file was expected. */
interface Content {
	/** In bytes. */
	size: number;
	/** How it begins, as text. */
	start: string;
}

/**
 * The failure for what came as the file of `subject`, and isn't of its size. If its size isn't known, the failure for an
 * answer in words, and `undefined` for anything that can be the file.
 */
export function failureInstead(
	subject: string,
	info: Pick<FileInfo, 'fileName' | 'mimeType' | 'fileSize'>,
	{ size, start }: Content,
): Failure | undefined {
	const { fileSize } = info;
	if (fileSize !== null) {
		return notTheFile(`${subject} has ${fileSize} bytes, but 1CRM sent ${size}`, start);
	}
	if (!isAnswer(info, start)) return undefined;
	return notTheFile(`${subject} did not come: 1CRM sent an answer in words`, start);
}

/** Types whose files are words, so that only a log-in page or an error can be told from them. */
const TEXT_TYPES = /^text\/|json|xml|csv|javascript|^message\//i;

/** Whether something is an answer instead of the file. A file that is a web page or JSON itself is believed. */
function isAnswer(
	{ fileName, mimeType }: Pick<FileInfo, 'fileName' | 'mimeType'>,
	start: string,
): boolean {
	const type = `${mimeType} ${fileName}`.toLowerCase();
	const isPage = /^[\uFEFF\s]*<(!doctype\s+html|html)\b/i.test(start) && !/html?\b/.test(type);
	const isMessage = serverMessage(asMap(parseJson(start))) !== undefined && !type.includes('json');
	const isWords = !TEXT_TYPES.test(mimeType) && answerInstead(start) !== undefined;
	return isPage || isMessage || isWords;
}

/** Words for what came instead of a file. 1CRM's own words in it, if any, are used. */
function notTheFile(what: string, start: string): Failure {
	const said = serverMessage(asMap(parseJson(start)));
	if (said !== undefined) {
		return {
			message: said,
			description: `1CRM answered with a message instead of the file: ${what}`,
		};
	}
	const advice = 'Try again: the file may have been replaced in the meantime';
	return { message: what, description: sentences(advice, answerInstead(start)) };
}
