import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const NODES = join(__dirname, '../../../nodes');

/** From top to bottom: a file imports from its own room and those below. */
const LAYERS = [
	'OneCrmTrigger',
	'OneCrm',
	'OneCrm/actions',
	'OneCrm/editor',
	'OneCrm/item',
	'OneCrm/crm',
	'OneCrm/http',
];

interface SourceFile {
	/** Relative to `nodes/`, without its ending. */
	name: string;
	text: string;
	/** The files of `nodes/` that it imports, by their names. */
	imports: string[];
}

const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path): SourceFile => {
		const text = readFileSync(join(NODES, path), 'utf8');
		const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target]) => {
			const name = relative(NODES, join(NODES, dirname(path), target))
				.split(sep)
				.join('/');
			return name === 'OneCrm/actions' || isFolder(name) ? `${name}/index` : name;
		});
		return { name: path.replace(/\.ts$/, '').split(sep).join('/'), text, imports };
	});

function isFolder(name: string): boolean {
	return readdirSync(dirname(join(NODES, name)), { withFileTypes: true }).some(
		(entry) => entry.isDirectory() && entry.name === name.split('/').at(-1),
	);
}

/** The room of a file: the longest folder of `LAYERS` that it is in. */
function layerOf(name: string): number {
	const fits = LAYERS.map((folder, index) => ({ folder, index })).filter(({ folder }) =>
		name.startsWith(`${folder}/`),
	);
	return fits.sort((a, b) => b.folder.length - a.folder.length)[0].index;
}

const edges = files.flatMap(({ name, imports }) => imports.map((target) => [name, target]));

/** What a failing test prints. */
const arrows = (pairs: string[][]): string[] => pairs.map(([from, to]) => `${from} → ${to}`);

/** The files of a circle of imports, in order, or none. */
function findCircle(): string[] {
	const done = new Set<string>();
	const visit = (name: string, path: string[]): string[] => {
		if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
		if (done.has(name)) return [];
		const next = edges.filter(([from]) => from === name).map(([, to]) => to);
		const circle = next.map((to) => visit(to, [...path, name])).find(({ length }) => length > 0);
		done.add(name);
		return circle ?? [];
	};
	return files.map(({ name }) => visit(name, [])).find(({ length }) => length > 0) ?? [];
}

it('sees every import', () => {
	const names = new Set(files.map(({ name }) => name));
	expect(edges.filter(([, to]) => !names.has(to))).toEqual([]);
	expect(edges.length).toBeGreaterThan(files.length);
});

it('imports run downwards', () => {
	expect(arrows(edges.filter(([from, to]) => layerOf(to) < layerOf(from)))).toEqual([]);
});

it('imports run in no circle', () => {
	expect(findCircle().join(' → ')).toBe('');
});

it('what the editor lists knows no parameter of a run', () => {
	const isForbidden = ([from, to]: string[]) =>
		from.startsWith('OneCrm/editor/') && to.startsWith('OneCrm/item/');
	expect(arrows(edges.filter(isForbidden))).toEqual([]);
});

describe('item/ sends nothing:', () => {
	const own = files.filter(({ name }) => name.startsWith('OneCrm/item/'));
	/** How a file of `crm/` sends a request. */
	const senders = files
		.filter(({ name }) => name.startsWith('OneCrm/crm/'))
		.filter(({ text }) => /\bhttp\.(json|send|receive)\(|\bfetchList\(/.test(text))
		.map(({ name }) => name);

	it('it asks nothing of the way to the server', () => {
		const asking = own.filter(({ text }) => /\.http\b/.test(text));
		expect(asking.map(({ name }) => name)).toEqual([]);
	});

	it('it imports nothing that does, but for types', () => {
		const values = own.flatMap(({ name, text }) =>
			[...text.matchAll(/^import (?!type)[^;]*from '\.\.\/(crm\/[^']+)'/gm)].map(([, target]) => [
				name,
				`OneCrm/${target}`,
			]),
		);
		expect(senders.length).toBeGreaterThan(5);
		expect(arrows(values.filter(([, to]) => senders.includes(to)))).toEqual([]);
	});
});

it('crm/ and http/ read no parameter', () => {
	const readers = files
		.filter(({ name }) => /^OneCrm\/(crm|http)\//.test(name))
		.filter(({ text }) => text.includes('getNodeParameter'));
	expect(readers.map(({ name }) => name)).toEqual([]);
});

it('what a run shares hangs on objects, not on the context of n8n', () => {
	const hidden = files.filter(({ text }) => text.includes('WeakMap'));
	expect(hidden.map(({ name }) => name)).toEqual([]);
});
