import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';

/** Links and pictures, in Markdown and in HTML, that lead to a file of the project. */
const LINK = /(?:\]\(|src(?:set)?=")(?!https?:)([^)"\s]+)[)"]/g;

/** The pages at the top and below `docs`. */
function markdownFiles(): string[] {
	const names = (folder: string, recursive: boolean): string[] =>
		readdirSync(join(PACKAGE_FOLDER, folder), { encoding: 'utf8', recursive })
			.filter((name) => name.endsWith('.md'))
			.map((name) => join(folder, name));
	return [...names('.', false), ...names('docs', true)];
}

/** How GitHub names the headings of a page in an address. */
function anchors(path: string): string[] {
	const page = readFileSync(path, 'utf8');
	return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);
}

function isBroken(from: string, link: string): boolean {
	const [path, anchor] = link.split('#');
	const target = path === '' ? from : resolve(dirname(from), path);
	if (!existsSync(target)) return true;
	return anchor !== undefined && !anchors(target).includes(anchor);
}

describe('the links of the documentation', () => {
	it.each(markdownFiles())('of %s lead somewhere', (name) => {
		const from = join(PACKAGE_FOLDER, name);
		const links = [...readFileSync(from, 'utf8').matchAll(LINK)].map(([, link]) => link);
		expect(links.filter((link) => isBroken(from, link))).toEqual([]);
	});
});
