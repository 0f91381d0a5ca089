import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';
import { sourceTexts } from './messages.cts';

/** The messages at the beginning of the page's entries: one, or several with "or" between them. */
function quotedMessages(page: string): string[] {
	return [...page.matchAll(/^- (`[^`]+`(?:\s+or\s+`[^`]+`)*):/gm)].flatMap(([, messages]) =>
		[...messages.matchAll(/`([^`]+)`/g)].map(([, message]) => message),
	);
}

describe('the page on troubleshooting', () => {
	const page = readFileSync(join(PACKAGE_FOLDER, 'docs/troubleshooting.md'), 'utf8');
	const quoted = quotedMessages(page);
	const { all, messages } = sourceTexts();

	it('quotes messages as the code has them', () => {
		expect(quoted.length).toBeGreaterThan(50);
		expect(quoted.filter((message) => !all.has(message))).toEqual([]);
	});

	it('has an entry for each message', () => {
		expect([...messages].filter((message) => !quoted.includes(message))).toEqual([]);
	});

	it('has each message once', () => {
		expect(quoted.filter((message, index) => quoted.indexOf(message) !== index)).toEqual([]);
	});
});
