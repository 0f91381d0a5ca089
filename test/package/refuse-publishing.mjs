/**
 * Runs when `npm publish` packs a checkout, and ends it. A package from a checkout would have no provenance
 * statement, without which n8n verifies none, and contain whatever happens to be in `dist`. The workflow publishes a
 * file, for which npm runs no script.
 */
import { existsSync } from 'node:fs';

const lacksBuild = !existsSync('dist/package.js');

console.error(
	[
		'',
		'Not published: only .github/workflows/publish.yml publishes this package.',
		...(lacksBuild ? ['This checkout has no build: dist/package.js is missing.'] : []),
		'From a checkout, the package would have no provenance statement, and nobody would have tested what is in it.',
		'To release, push a tag with the version of package.json: see "Releasing" in CONTRIBUTING.md.',
		'',
	].join('\n'),
);
process.exitCode = 1;
