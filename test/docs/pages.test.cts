import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';
import { DOCUMENTED, OTHER } from '../support/client-flows/flows.cts';
import { pages } from './pages.cts';
import { describedResources } from './resource-page.cts';

describe('the generated pages', () => {
	it.each(pages())('$path says what it is generated from; npm run docs writes it', (page) => {
		expect(page.present).toBe(page.wanted);
	});

	it('are of resources that the node has', () => {
		const files = readdirSync(join(PACKAGE_FOLDER, 'docs/resources'));
		const wanted = pages().map(({ path }) => path);
		expect(files.filter((file) => !wanted.includes(`docs/resources/${file}`))).toEqual([]);
	});
});

it('the page on clients names operations that the node has', () => {
	const operations = describedResources().flatMap(({ name, operations: own }) =>
		own.map(({ option }) => `${name} > ${option.name}`),
	);
	const named = [...DOCUMENTED, ...OTHER].flatMap(({ standsFor }) =>
		[...standsFor.matchAll(/[^,:]+ > [^,:]+/g)].map(([text]) => text.trim()),
	);
	expect(named.filter((text) => !operations.includes(text))).toEqual([]);
	expect(named.length).toBeGreaterThan(40);
});
