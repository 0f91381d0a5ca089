import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isPathSegment } from '../http/address';
import { isJsonObject } from '../http/json';
import { linkLocator, moduleLocator, RECORD_IN_URL } from './locators';
import { fromJsonText, shown } from './values';

type Named = Pick<INodeProperties, 'displayName'>;

/** The address of a page in 1CRM, as a browser shows it. */
const PAGE_ADDRESS = /^\w+:\/\/|\.php\?/;

/** What JavaScript makes of nothing, or of an object, within a text. */
const NO_TEXTS = ['undefined', 'null', 'NaN', '[object Object]'];

/** A module's name, as chosen or typed. Throws a `UserError` if it is missing or cannot be a name. */
export function moduleName(value: unknown): string {
	const name = chosenText(value, moduleLocator, 'name');
	if (name === '') throw new UserError("'Module' is empty. Choose a module or enter its name");
	if (!isPathSegment(name)) {
		throw new UserError(`'Module' cannot be "${name}". Enter a name such as Contact`);
	}
	return name;
}

/**
 * A record's id, as chosen or typed, or the one in the address of its page. Ids of 1CRM have many forms (`1`, `-99`,
 * a GUID), so only what cannot be an id at all is refused, with a `UserError`.
 */
export function recordId(value: unknown, locator: Named): string {
	const { displayName } = locator;
	const text = chosenText(value, locator, 'id');
	if (text === '') {
		throw new UserError(
			`'${displayName}' is empty. Choose a ${displayName.toLowerCase()} or enter its ID`,
		);
	}
	const id = PAGE_ADDRESS.test(text) ? (new RegExp(RECORD_IN_URL).exec(text)?.[1] ?? '') : text;
	if (id === '') {
		throw new UserError(
			`'${displayName}' cannot be "${text}": this address doesn't contain "record="`,
		);
	}
	if (!isPathSegment(id)) {
		throw new UserError(`'${displayName}' cannot be "${id}": an ID doesn't contain slashes`);
	}
	return id;
}

/**
 * Ids of records, as a list or with commas between them. Throws a `UserError` for what cannot be one, as `recordId`
 * does.
 */
export function recordIds(value: unknown, property: Named): string[] {
	const given = fromJsonText(value);
	const entries =
		typeof given === 'string'
			? given.split(',').filter((text) => text.trim() !== '')
			: Array.isArray(given)
				? given
				: isMissing(given)
					? []
					: [given];
	if (entries.some(isMissing)) {
		throw new UserError(`'${property.displayName}' contains an entry without an ID`);
	}
	return entries.map((entry) => recordId(entry, property));
}

/** A link's name, as chosen or typed. Throws a `UserError` if it is missing or cannot be a name. */
export function linkName(value: unknown): string {
	const name = chosenText(value, linkLocator, 'name');
	if (name === '') throw new UserError("'Link' is empty. Choose a link or enter its name");
	if (!isPathSegment(name)) throw new UserError(`'Link' cannot be "${name}"`);
	return name;
}

function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/**
 * The name or ID of one thing: given as a text, as a number, as an object that has it under `key` (as the items of this
 * node do), or as a list with one of these. Empty for nothing. Throws a `UserError` for anything else.
 */
function chosenText(value: unknown, locator: Named, key: 'id' | 'name'): string {
	const given = fromJsonText(value);
	const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	const chosen = isJsonObject(only) ? only[key] : only;
	if (isMissing(chosen) && !isJsonObject(only)) return '';
	const isText = typeof chosen === 'string' || typeof chosen === 'number';
	const text = isText ? String(chosen).trim() : '';
	if (isText && !NO_TEXTS.includes(text)) return text;
	throw new UserError(
		key === 'id'
			? `'${locator.displayName}' takes one ID, not "${shown(value)}"`
			: `'${locator.displayName}' takes one name, not "${shown(value)}"`,
	);
}
