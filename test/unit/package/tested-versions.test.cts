import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { releaseLine1 } from '../../support/n8n/release-line-1.cts';
import { releaseLine2 } from '../../support/n8n/release-line-2.cts';
import { chosenVersion, releaseLineOf, TESTED_VERSIONS } from '../../support/n8n/versions.cts';
import { PACKAGE_FOLDER } from '../../support/package/published.cts';

const NEWEST = TESTED_VERSIONS[0];
const OLDEST = TESTED_VERSIONS[TESTED_VERSIONS.length - 1];

it('takes the newest version of n8n unless told otherwise', () => {
	expect(chosenVersion('')).toBe(NEWEST);
});

it.each([
	['oldest', OLDEST],
	['1.123.x', OLDEST],
	['2.41.x', NEWEST],
	['1.120.4', '1.120.4'],
])('takes %s for %s', (wanted, version) => {
	expect(chosenVersion(wanted)).toBe(version);
});

it.each(['1.12.x', '1.x', 'newest', '2.41'])(
	'names the choices instead of guessing %s',
	(wanted) => {
		expect(() => chosenVersion(wanted)).toThrow(/2\.41\.x, 1\.123\.x/);
	},
);

it('knows how to drive every tested version, and refuses to guess how to drive others', () => {
	expect(TESTED_VERSIONS.map(releaseLineOf)).toEqual([releaseLine2, releaseLine1]);
	expect(() => releaseLineOf('3.0.0')).toThrow(/n8n 3\.0\.0/);
});

it('has the README name the tested versions', () => {
	const readme = readFileSync(join(PACKAGE_FOLDER, 'README.md'), 'utf8');
	expect(readme).toContain(`Tested with n8n ${NEWEST} and ${OLDEST}`);
});
