import { UserError } from 'n8n-workflow';

import type { RecordEvent } from './memory';
import type { TriggerSettings } from './settings';
import { isAtAddress, settingsText } from './settings';
import { tokenHash, tokensIn } from './token';

/** 1CRM's columns for addresses are assumed to hold this many characters; what is longer would be cut off. */
const LONGEST_ADDRESS = 255;
const LONGEST_NAME = 40;

/** The names in the query of the address that 1CRM calls. */
const TOKEN_PARAMETER = 'token';
const EVENT_PARAMETER = 'event';
const NAME_PARAMETER = 'name';
const SETTINGS_PARAMETER = 'settings';

/**
 * The address that 1CRM calls. The token comes first, so that it survives whatever 1CRM does to the separators
 * behind it, and the name last, as long as there is room for it when each `&` is stored as `&amp;`.
 */
export function deliveryAddress(
	settings: TriggerSettings,
	event: RecordEvent,
	token: string,
): string {
	const { address, webhookName } = settings;
	const url = new URL(address);
	const own = [...url.searchParams];
	url.search = '';
	url.searchParams.set(TOKEN_PARAMETER, token);
	for (const [name, value] of own) url.searchParams.append(name, value);
	url.searchParams.set(EVENT_PARAMETER, event);
	url.searchParams.set(SETTINGS_PARAMETER, settingsMark(settings));
	const whole = url.href;
	if (storedLength(whole) > LONGEST_ADDRESS) {
		throw new UserError(
			`The address of this trigger has ${storedLength(whole)} characters, and 1CRM can store ${LONGEST_ADDRESS}. Shorten the public address of n8n (N8N_WEBHOOK_URL or WEBHOOK_URL)`,
		);
	}
	const letters = Array.from(webhookName).slice(0, LONGEST_NAME);
	for (; letters.length > 0; letters.pop()) {
		url.searchParams.set(NAME_PARAMETER, letters.join(''));
		if (storedLength(url.href) <= LONGEST_ADDRESS) return url.href;
	}
	return whole;
}

function storedLength(address: string): number {
	return address.replaceAll('&', '&amp;').length;
}

/** A few letters that are the same for the same settings: by them a webhook is known to be up to date. */
function settingsMark(settings: TriggerSettings): string {
	return tokenHash(settingsText(settings)).slice(0, 8);
}

/** Whether an address was registered for an event under these settings, by this n8n or another process. */
export function isAddressOf(
	address: string,
	settings: TriggerSettings,
	event: RecordEvent,
): boolean {
	if (!isAtAddress(address, settings.address)) return false;
	const { searchParams } = new URL(address);
	return (
		searchParams.get(EVENT_PARAMETER) === event &&
		searchParams.get(SETTINGS_PARAMETER) === settingsMark(settings)
	);
}

/** An address with each `&` as it was, which some versions of 1CRM may store escaped. */
export function unescaped(address: string): string {
	return address.replace(/&(?:(?:amp|#0*38|#x0*26);)+|%26|\\u0026/gi, '&');
}

/** The hash of the token in an address; empty if there is none. */
export function hashInAddress(address: string): string {
	const [token] = tokensIn(address);
	return token === undefined ? '' : tokenHash(token);
}
