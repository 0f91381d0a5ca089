import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { manifest, PACKAGE_FOLDER } from '../support/package/published.cts';
import { codeIn, markdownFiles, prose, readText } from './markdown.cts';
import { sourceTexts } from './messages.cts';
import { describedResources } from './resource-page.cts';

/** What people see in n8n and in 1CRM, and what is only stressed. All else in bold or italics is a name in these nodes. */
const NAMES_ELSEWHERE = new Set([
	'Administration > API Clients',
	'Administration > System Settings',
	'Always Output Data',
	'Client Credentials',
	'Contacts',
	'Enterprise',
	'Manual Trigger',
	'On Error > Continue',
	'Once',
	'Pro',
	'Remove Duplicates',
	'Retry On Fail',
]);

/** The recipe for a new operation adds one that doesn't exist. */
const RECIPE = /get-? ?version/i;

const FOLDERS = ['.ci', '.github', 'credentials', 'docs', 'examples', 'nodes', 'test'];
const OUTPUT = 'test/e2e/editor/output';

const pages = markdownFiles().map((path) => ({ path, text: prose(readText(path)) }));
const resources = describedResources();
/** The names in the nodes, also without what n8n adds to those of lists. */
const shown = new Set(
	[...sourceTexts().all].flatMap((name) => {
		const short = name.replace(/ Names? or IDs?$/, '');
		return [name, short, `${short}s`, name.replace(/ \(.*\)$/, '')];
	}),
);

/** Words with a capital letter, and small ones between them. */
const TITLE = /^[A-Z0-9]\S*( (>|a|by|if|of|on|or|the|to|[A-Z0-9]\S*))*$/;

describe.each(pages)('the page $path', ({ path, text }) => {
	it('names operations that the node has', () => {
		// The longest name first: "Sales Document", then "Document".
		const named = resources.map(({ name }) => name).sort((a, b) => b.length - a.length);
		const wrong = [
			...text.matchAll(new RegExp(`(${named.join('|')}) > ([A-Z][\\w ]+)`, 'g')),
		].filter(([match, resource, rest]) => {
			const { operations = [] } = resources.find(({ name }) => name === resource) ?? {};
			const isKnown = operations.some(({ option }) => rest.startsWith(option.name));
			return !isKnown && !RECIPE.test(match);
		});
		expect(wrong.map(([match]) => match)).toEqual([]);
	});

	it('names parameters and choices in bold and italics as the nodes do', () => {
		const marked = [...text.replace(/`[^`]*`/g, '').matchAll(/(\*\*|\b_)([^*_]+)\1/g)]
			.map(([, , words]) => words)
			.filter((words) => TITLE.test(words) && !/[.:]$/.test(words));
		expect(marked.filter((words) => !shown.has(words) && !NAMES_ELSEWHERE.has(words))).toEqual([]);
	});

	it('names commands that package.json has', () => {
		expect(unknownCommands(text)).toEqual([]);
	});

	it('names files that the project has', () => {
		const named = codeIn(text).filter((code) => !RECIPE.test(code) && code !== OUTPUT);
		expect(named.filter((code) => isOfProject(code, path) && !exists(code))).toEqual([]);
	});
});

it.each([
	'.ci/run',
	'.github/pull_request_template.md',
	'.github/workflows/ci.yml',
	'.github/workflows/publish.yml',
])('%s runs commands that package.json has', (path) => {
	expect(unknownCommands(readText(path))).toEqual([]);
});

function unknownCommands(text: string): string[] {
	const named = [...text.matchAll(/npm run ([\w:-]+)|npm (start|test)\b/g)];
	return named
		.filter(([, run, own]) => !Object.hasOwn(manifest.scripts, run ?? own))
		.map(([command]) => command);
}

it('the page on the architecture names what the code has', () => {
	const words = new Set(
		files
			.filter((path) => /\.c?ts$/.test(path))
			.flatMap((path) => readText(path).match(/\w+/g) ?? []),
	);
	const named = codeIn(prose(readText('docs/architecture.md'))).flatMap((code) =>
		/^\w+(\.\w+)*(\(.*\))?$/.test(code) && !/\.(js|json|md)$/.test(code)
			? code.replace(/\(.*/, '').split('.')
			: [],
	);
	expect(named.filter((name) => !RECIPE.test(name) && !words.has(name))).toEqual([]);
});

/** Paths, and on the page about the code also the ends of paths. */
function isOfProject(code: string, page: string): boolean {
	if (/[<*…]/.test(code)) return false;
	const isEnd = page.endsWith('architecture.md') && /^[\w/.-]+\.c?ts$/.test(code);
	return isEnd || FOLDERS.some((folder) => code.startsWith(`${folder}/`));
}

function exists(code: string): boolean {
	return existsSync(join(PACKAGE_FOLDER, code)) || files.some((file) => file.endsWith(`/${code}`));
}

const files = FOLDERS.flatMap((folder) =>
	readdirSync(join(PACKAGE_FOLDER, folder), { encoding: 'utf8', recursive: true }).map((name) =>
		join(folder, name),
	),
);
