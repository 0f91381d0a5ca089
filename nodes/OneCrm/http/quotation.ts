import { serverMessage } from './answer';
import { parseJson } from './json';

const LONGEST_SNIPPET = 200;

/** How a text begins, on one line. */
export function snippet(text: string): string {
	return text.slice(0, LONGEST_PAGE).trim().replace(/\s+/g, ' ').slice(0, LONGEST_SNIPPET);
}

/** More of a page than any error quotes. A server may answer with megabytes. */
const LONGEST_PAGE = 100_000;

/** A sentence that quotes an answer in words where a file was expected, or `undefined` if it may be a file. */
export function answerInstead(text: string): string | undefined {
	const isMarkup = /^[\uFEFF\s]*[<{]/.test(text);
	const isSentence = text.length <= LONGEST_SNIPPET && /^[\P{C}\s]*$/u.test(text);
	return isMarkup || isSentence ? quotation(text) : undefined;
}

/** A sentence that quotes what a person reads in an answer, or `undefined` if it says nothing. */
export function quotation(text: string): string | undefined {
	const read = snippet(serverMessage(parseJson(text)) ?? withoutMarkup(text));
	return read === '' ? undefined : `The answer reads: ${read}`;
}

/** Elements whose content nobody reads. */
const UNREAD_ELEMENTS = ['head', 'script', 'style'];

/**
 * The words of a page. Goes through it once, from mark to mark: a regular expression that looks for the end of each
 * mark would take minutes for a page of marks that never end.
 */
function withoutMarkup(page: string): string {
	const text = page.slice(0, LONGEST_PAGE);
	const lower = text.toLowerCase();
	const endless = new Set<string>();
	const words: string[] = [];
	let at = 0;
	while (at < text.length) {
		const mark = text.indexOf('<', at);
		if (mark === -1) break;
		words.push(text.slice(at, mark));
		if (!/[a-z!/]/.test(lower[mark + 1] ?? '')) {
			words.push('<');
			at = mark + 1;
			continue;
		}
		words.push(' ');
		const name = UNREAD_ELEMENTS.find((element) => isElement(lower, mark + 1, element));
		const isEndless = name === undefined || endless.has(name);
		const closing = isEndless ? -1 : lower.indexOf(`</${name}>`, mark);
		if (name !== undefined && closing === -1) endless.add(name);
		const end = text.indexOf('>', closing === -1 ? mark : closing);
		if (end === -1) return words.join('');
		at = end + 1;
	}
	return words.join('') + text.slice(at);
}

function isElement(text: string, at: number, name: string): boolean {
	return text.startsWith(name, at) && !/[a-z0-9]/.test(text[at + name.length] ?? '');
}
