import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';
import { pages } from './pages.cts';

describe('the pages on resources and trigger', () => {
	it.each(pages())('$path says what the descriptions say; npm run docs writes it', (page) => {
		expect(page.present).toBe(page.wanted);
	});

	it('are of resources that the node has', () => {
		const files = readdirSync(join(PACKAGE_FOLDER, 'docs/resources'));
		const wanted = pages().map(({ path }) => path);
		expect(files.filter((file) => !wanted.includes(`docs/resources/${file}`))).toEqual([]);
	});
});
