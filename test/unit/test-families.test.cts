import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const TEST = join(__dirname, '..');

/** The first folder below `test/`, or `..` for everything outside of it. */
const familyOf = (path: string) => path.split(sep)[0];

const paths = readdirSync(TEST, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.cts'),
);

const imports = paths.flatMap((path) => {
	const text = readFileSync(join(TEST, path), 'utf8');
	return [...text.matchAll(/^(?:import|export) [^;]*?'(\.[^']+)';/gm)].map(([, target]) => ({
		from: path,
		to: relative(TEST, join(TEST, dirname(path), target)),
	}));
});

/** What a family may import beside its own files and those outside of `test/`. */
function sharedWith(family: string): string[] {
	if (family === 'sandbox') return [];
	return family === 'support' ? ['sandbox'] : ['sandbox', 'support'];
}

/** The families that use a file of test/support, directly or by other files of it. */
function usersOf(file: string, seen = new Set<string>()): Set<string> {
	seen.add(file);
	const users = imports.filter(({ to }) => to === file).map(({ from }) => from);
	return new Set(
		users.flatMap((user) => {
			if (familyOf(user) !== 'support') return [familyOf(user)];
			return seen.has(user) ? [] : [...usersOf(user, seen)];
		}),
	);
}

it('test/support has only what more than one family uses', () => {
	const files = paths.filter((path) => familyOf(path) === 'support');
	const uses = files.map((file) => ({ file, families: [...usersOf(file)] }));
	expect(files.length).toBeGreaterThan(50);
	expect(uses.filter(({ families }) => families.length < 2)).toEqual([]);
});

it('test families share files only through test/support and test/sandbox', () => {
	const strays = imports.filter(({ from, to }) => {
		const family = familyOf(from);
		return ![family, '..', ...sharedWith(family)].includes(familyOf(to));
	});
	expect(strays).toEqual([]);
	expect(imports.length).toBeGreaterThan(500);
});
