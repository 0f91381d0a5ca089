import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { manifest, PACKAGE_FOLDER } from '../support/package/published.cts';
import { markdownFiles, readText } from './markdown.cts';
import { describedResources } from './resource-page.cts';

/** Links and pictures, in Markdown and in HTML, that lead to a file of the project. */
const LINK = /(?:\]\(|src(?:set)?=")(?!https?:)([^)"\s]+)[)"]/g;

const [OWN_ADDRESS] = manifest.homepage.split('#');

/** What follows the address of the project on GitHub, in every file that people or n8n read. */
const OWN_LINK = new RegExp(`${OWN_ADDRESS}(#[\\w-]+|/blob/main/[\\w./-]+)`, 'g');

const linksOf = (path: string): string[] =>
	[...readText(path).matchAll(LINK)].map(([, link]) => link);

/** The file that a link leads to, relative to the project's folder. */
function targetOf(from: string, link: string): string {
	const [path] = link.split('#');
	const absolute = resolve(PACKAGE_FOLDER, dirname(from), path);
	return path === '' ? from : relative(PACKAGE_FOLDER, absolute);
}

function isBroken(from: string, link: string): boolean {
	const [, anchor] = link.split('#');
	const target = targetOf(from, link);
	if (!existsSync(join(PACKAGE_FOLDER, target))) return true;
	return anchor !== undefined && !headings(target).map(anchorOf).includes(anchor);
}

function headings(path: string): string[] {
	return [...readText(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
}

/** How GitHub names a heading in an address. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replaceAll(' ', '-');
}

/** Where addresses of the project may be, beside the pages. */
function otherFiles(): string[] {
	const listed = (folder: string): string[] =>
		readdirSync(join(PACKAGE_FOLDER, folder), { encoding: 'utf8', recursive: true })
			.filter((name) => /\.(ya?ml|md|ts|json)$/.test(name))
			.map((name) => join(folder, name));
	return ['.github', 'credentials', 'nodes'].flatMap(listed);
}

describe('the links of the documentation', () => {
	it.each(markdownFiles())('of %s lead somewhere', (path) => {
		expect(linksOf(path).filter((link) => isBroken(path, link))).toEqual([]);
	});

	it('lead to headings and files of the project if they are its addresses', () => {
		const all = [...markdownFiles(), ...otherFiles()].flatMap((path) =>
			[...readText(path).matchAll(OWN_LINK)].map(([address, rest]) => ({ path, address, rest })),
		);
		const broken = all.filter(({ rest }) =>
			isBroken('README.md', rest.startsWith('#') ? rest : rest.replace('/blob/main/', '')),
		);
		expect(broken).toEqual([]);
		expect(all.length).toBeGreaterThan(4);
	});

	it('lead to every page', () => {
		const linked = new Set(
			markdownFiles().flatMap((path) =>
				linksOf(path)
					.map((link) => targetOf(path, link))
					.filter((target) => target !== path),
			),
		);
		const pages = markdownFiles().filter((path) => path.startsWith('docs'));
		expect(pages.filter((path) => !linked.has(path))).toEqual([]);
	});

	it('of the README lead to every operation', () => {
		const links = linksOf('README.md');
		const wanted = describedResources().flatMap(({ value, operations }) =>
			operations.map(({ option }) => `docs/resources/${value}.md#${anchorOf(option.name)}`),
		);
		expect(wanted.filter((link) => !links.includes(link))).toEqual([]);
	});
});
