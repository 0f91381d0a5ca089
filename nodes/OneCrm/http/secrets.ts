import type { OneCrmCredentials } from './credentials';
import { basicValue } from './credentials';
import { parseJson } from './json';

const REMOVED = '[removed]';

/** What is deeper is removed as a whole: an answer must not be able to exhaust the stack. */
const DEEPEST = 50;

/** A password of this length with a digit or sign in it isn't in an error by chance. */
const LONG = 8;

/**
 * What was sent as a secret, to be taken out of everything that comes back: a server or firewall may quote the request
 * with its headers and its body.
 */
export class Secrets {
	/** Those that contain none of the others: a text with none of these contains no secret at all. */
	private readonly least: readonly string[];

	private constructor(
		/** Taken out wherever they are: they are random, or as good as that. The longest come first. */
		private readonly anywhere: readonly string[],
		/** Only taken out of errors: a record may contain it, e.g. an account that somebody has made a password of. */
		private readonly password?: RegExp,
	) {
		this.least = anywhere.filter(
			(secret) => !anywhere.some((other) => other !== secret && secret.includes(other)),
		);
	}

	static none(): Secrets {
		return new Secrets([]);
	}

	static of(credentials: OneCrmCredentials, token: string): Secrets {
		const { username, password, clientSecret } = credentials;
		const random = [clientSecret, token];
		if (password !== '') {
			const basic = basicValue(credentials);
			// Its last signs say nothing, and may be written in any way.
			random.push(basic, basic.replace(/=+$/, ''), `${username}:${password}`);
		}
		const anywhere = random.filter((secret) => secret.length > 3).flatMap(spellings);
		return new Secrets(longestFirst(anywhere), patternOf(password));
	}

	/** Both together. */
	and({ anywhere, password }: Secrets): Secrets {
		return new Secrets(longestFirst([...this.anywhere, ...anywhere]), password ?? this.password);
	}

	/** Whether there is anything to take out. */
	areIn(text: string): boolean {
		return this.least.some((secret) => text.includes(secret));
	}

	/** A text without what is certainly a secret. */
	hide(text: string): string {
		if (!this.areIn(text)) return text;
		return this.anywhere.reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text);
	}

	/** The text of an answer that an error quotes, also without the password. */
	hideInError(text: string): string {
		const hidden = this.hide(text);
		return this.password === undefined ? hidden : hidden.replace(this.password, REMOVED);
	}

	/** The same, but an answer in JSON stays JSON, whatever word a password is. */
	hideInAnswer(text: string): string {
		const body = parseJson(text);
		return body === undefined ? this.hideInError(text) : JSON.stringify(this.hideInErrorDeep(body));
	}

	/** A value without what is certainly a secret. */
	hideDeep<Value>(value: Value): Value {
		return this.mapTexts(value, (text) => this.hide(text)) as Value;
	}

	/** A value of an error, also without the password. */
	hideInErrorDeep<Value>(value: Value): Value {
		return this.mapTexts(value, (text) => this.hideInError(text)) as Value;
	}

	private mapTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
		if (typeof value === 'string') return change(value);
		if (typeof value !== 'object' || value === null) return value;
		if (depth > DEEPEST) return REMOVED;
		const inner = (entry: unknown): unknown => this.mapTexts(entry, change, depth + 1);
		if (Array.isArray(value)) return value.map(inner);
		// A name keeps its words: a password such as "message" must not take the message with it.
		return Object.fromEntries(
			Object.entries(value).map(([name, entry]) => [this.hide(name), inner(entry)]),
		);
	}
}

/** So that nothing is left behind of a secret that contains another one. */
function longestFirst(secrets: string[]): string[] {
	return [...new Set(secrets)].sort((a, b) => b.length - a.length);
}

/** Where the password is. One that may be a word of an error counts only as a word of its own. */
function patternOf(password: string): RegExp | undefined {
	if (password === '') return undefined;
	const written = longestFirst(spellings(password)).map(escaped).join('|');
	const isLong = password.length >= LONG && /[^a-z]/i.test(password);
	const pattern = isLong ? written : `(?<![\\p{L}\\p{N}])(?:${written})(?![\\p{L}\\p{N}])`;
	return new RegExp(pattern, 'gu');
}

/** How a text may be written in JSON of JavaScript and PHP, in a page, and in an address. */
function spellings(text: string): string[] {
	const json = JSON.stringify(text).slice(1, -1);
	const ascii = json.replace(
		/[\u0080-\uffff]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return [
		text,
		json,
		ascii,
		ascii.replaceAll('/', '\\/'),
		text.replace(/[&<>"']/g, entity),
		text.replace(/[&<>"']/g, (letter) => NAMED_ENTITIES[letter]),
		text.replace(/[&<>"']/g, (letter) => (letter === "'" ? '&#039;' : NAMED_ENTITIES[letter])),
		...[entity, hexEntity].map((written) => text.replace(/[&<>"'`=+/]/g, written)),
		encodeURIComponent(text),
		new URLSearchParams([['', text]]).toString().slice(1),
	];
}

const entity = (letter: string): string => `&#${letter.charCodeAt(0)};`;

/** As several template engines escape the signs that end a Basic value. */
const hexEntity = (letter: string): string =>
	`&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`;

const NAMED_ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
