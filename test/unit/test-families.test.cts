import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const TEST = join(__dirname, '..');

/** The first folder below `test/`, or `..` for everything outside of it. */
const familyOf = (path: string) => path.split(sep)[0];

const imports = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.cts'))
	.flatMap((path) => {
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

it('test families share files only through test/support and test/sandbox', () => {
	const strays = imports.filter(({ from, to }) => {
		const family = familyOf(from);
		return ![family, '..', ...sharedWith(family)].includes(familyOf(to));
	});
	expect(strays).toEqual([]);
	expect(imports.length).toBeGreaterThan(500);
});
