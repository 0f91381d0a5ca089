import type { OneCrmCredentials } from './credentials';

/** What stands in the place of a secret. */
const HIDDEN = '***';

/** Shorter ones are parts of ordinary words. */
const SHORTEST = 4;

/** A login in a header that is quoted: also one that was cut, or encoded twice. */
const QUOTED_LOGIN = /(authorization[^\w]{1,20}(?:basic|bearer)[^\w]{1,6})[\w+/=.~%\\-]{4,}/gi;

/** The names that HTML and JSON have for some letters. */
const NAMED: Readonly<Record<string, string[]>> = {
	'&': ['&amp;'],
	'<': ['&lt;'],
	'>': ['&gt;'],
	'"': ['&quot;', '\\"'],
	"'": ['&apos;'],
	'/': ['\\/'],
	'\\': ['\\\\'],
	' ': ['+'],
};

/** What is sent to log in, and must not be told: taken out of every text that comes back. */
export class Secrets {
	private readonly all: RegExp | undefined;

	private readonly unmistakable: RegExp | undefined;

	/** `more` are those that the credential doesn't have, such as a new token. */
	constructor(
		{ username, password, clientSecret, accessToken }: OneCrmCredentials,
		more: string[] = [],
	) {
		const login = `${username}:${password}`;
		const [, ...token] = accessToken.split('.');
		const sent = [
			...more,
			...(password === '' ? [] : [login, Buffer.from(login).toString('base64')]),
			token.join('.'),
		];
		const chosen = [password, clientSecret];
		this.all = expressionOf([...sent, ...chosen]);
		this.unmistakable = expressionOf([...sent, ...chosen.filter(isUnmistakable)]);
	}

	/** A text that the server wrote about a request, without any of them. */
	removeFrom(text: string): string {
		return without(text, this.all).replace(QUOTED_LOGIN, `$1${HIDDEN}`);
	}

	/** A text that may be data, without those that cannot be a word in it: a password may be the name of a town. */
	removeUnmistakable(text: string): string {
		return without(text, this.unmistakable);
	}
}

function without(text: string, secrets: RegExp | undefined): string {
	return secrets === undefined ? text : text.replace(secrets, HIDDEN);
}

/** Whether nobody would write it for anything else. */
function isUnmistakable(secret: string): boolean {
	return secret.length >= 8 && /\d|[^\p{L}\d]/u.test(secret) && /\p{L}|[^\p{L}\d]/u.test(secret);
}

/** Finds any of the texts, each letter as it is or as HTML, JSON or an address writes it. The longest comes first. */
function expressionOf(texts: string[]): RegExp | undefined {
	const long = [...new Set(texts)].filter((text) => text.length >= SHORTEST);
	if (long.length === 0) return undefined;
	const alternatives = long
		.sort((a, b) => b.length - a.length)
		.map((text) => [...text].map(letterPattern).join(''));
	return new RegExp(alternatives.join('|'), 'gu');
}

function letterPattern(letter: string): string {
	const code = letter.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	const units = [...Array(letter.length).keys()].map((index) =>
		letter.charCodeAt(index).toString(16).padStart(4, '0'),
	);
	const plain = [letter, ...(NAMED[letter] ?? [])].map(escaped);
	const encoded = [
		`&#0*${code};`,
		`&#[xX]0*${anyCase(hex)};`,
		units.map((unit) => `\\\\u${anyCase(unit)}`).join(''),
		[...Buffer.from(letter)]
			.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`)
			.join(''),
	];
	return `(?:${[...plain, ...encoded].join('|')})`;
}

function anyCase(hex: string): string {
	return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
