import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
	manifest,
	PACKAGE_FOLDER,
	publishedNodes,
	readJson,
} from '../../support/package/published.cts';

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
}

interface Packed {
	files: Array<{ path: string }>;
	/** In bytes: of the files, and of the archive that is downloaded. */
	unpackedSize: number;
	size: number;
}

/** What npm would publish. */
function pack(): Packed {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: PACKAGE_FOLDER,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed] = Object.values(JSON.parse(output) as Packed[]);
	return packed;
}

describe('package.json', () => {
	it('brings nothing along and needs n8n-workflow only, in whatever version n8n has', () => {
		expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
		expect(manifest.optionalDependencies).toBeUndefined();
		expect(manifest.bundledDependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('is that of a community package that n8n can verify', () => {
		expect(manifest.name).toBe('n8n-nodes-1crm');
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
		expect(manifest.files).toEqual(['dist', '!dist/**/*.map']);
	});

	it('lists the files of the build for n8n', () => {
		const { credentials, nodes } = manifest.n8n;
		expect(nodes).toHaveLength(2);
		for (const path of [...credentials, ...nodes]) {
			expect(path).toMatch(/^dist\/.+\.(credentials|node)\.js$/);
			expect({ path, exists: existsSync(join(PACKAGE_FOLDER, path)) }).toEqual({
				path,
				exists: true,
			});
		}
	});
});

describe('the codex file', () => {
	it.each(publishedNodes())('beside $path names the package and its node', ({ path, type }) => {
		const codex = readJson<Codex>(path.replace(/\.js$/, '.json'));
		expect(codex).toMatchObject({
			node: `${manifest.name}.${type.description.name}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
			categories: ['Sales'],
		});
	});
});

describe('what is published', () => {
	const packed = pack();
	const files = packed.files.map(({ path }) => path);

	it('is the build, the README, the licence and package.json, and nothing else', () => {
		const others = files.filter((path) => !path.startsWith('dist/'));
		expect(others.sort()).toEqual(['LICENSE.md', 'README.md', 'package.json']);
	});

	it('holds what n8n loads', () => {
		const { credentials, nodes } = manifest.n8n;
		const codexes = nodes.map((path) => path.replace(/\.js$/, '.json'));
		expect(files).toEqual(expect.arrayContaining([...credentials, ...nodes, ...codexes]));
		expect(files.filter((path) => path.endsWith('.svg')).length).toBeGreaterThanOrEqual(2);
	});

	it('holds no source, no test and nothing else that does not run', () => {
		const strange = files.filter(
			(path) =>
				/\.[cm]?ts$|\.map$|\.tsbuildinfo$/.test(path) || /(^|\/)(test|tests|sandbox)\//.test(path),
		);
		expect(strange).toEqual([]);
		const kinds = new Set(files.map((path) => path.replace(/^.*\./, '')));
		expect([...kinds].sort()).toEqual(['js', 'json', 'md', 'svg']);
	});

	it('is small, to install and to load', () => {
		expect(packed.size).toBeLessThan(100_000);
		expect(packed.unpackedSize).toBeLessThan(260_000);
	});
});
