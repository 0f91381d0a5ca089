const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');
const { minify } = require('terser');

const { n8n } = require('./package.json');

const DESTINATION = 'dist';

/** All code in one file: n8n loads it several times as fast as a hundred small ones, and it takes half the room. */
const CODE = join(DESTINATION, 'package.js');

const entryPoints = [...n8n.credentials, ...n8n.nodes];

/** Removes what an earlier build left, so that no deleted file is published. */
async function clean() {
	await rm(DESTINATION, { recursive: true, force: true });
}

async function checkTypes() {
	const compiler = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [compiler, '--noEmit']);
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
}

/** Has one file of the bundle load n8n's package for all: esbuild would write that into each, 2 KB in all. */
const n8nOnce = {
	name: 'n8n-once',
	setup({ onLoad, onResolve }) {
		const path = 'n8n-workflow';
		onResolve({ filter: new RegExp(`^${path}$`) }, ({ namespace }) =>
			namespace === n8nOnce.name ? { path, external: true } : { path, namespace: n8nOnce.name },
		);
		onLoad({ filter: /./, namespace: n8nOnce.name }, () => ({
			contents: `export { ${Object.keys(require(path)).join(', ')} } from '${path}';`,
		}));
	},
};

/**
 * Everything is shortened, names too, by two programs: each finds what the other leaves. The source map, which isn't
 * published, turns a stack trace into that of the source.
 */
async function bundle() {
	const sources = entryPoints.map((path) => relative(DESTINATION, path).replace(/\.js$/, ''));
	const { outputFiles } = await build({
		stdin: {
			contents: sources.map((path) => `export * from './${path}';`).join('\n'),
			resolveDir: __dirname,
		},
		outfile: CODE,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'es2022',
		plugins: [n8nOnce],
		minifyWhitespace: true,
		minifySyntax: true,
		minifyIdentifiers: true,
		sourcemap: 'external',
		logLevel: 'warning',
		write: false,
	});
	const [map, code] = outputFiles.map(({ text }) => text);
	const shortened = await minify(code, { ecma: 2020, toplevel: true, sourceMap: { content: map } });
	await mkdir(DESTINATION, { recursive: true });
	await writeFile(CODE, shortened.code);
	await writeFile(`${CODE}.map`, shortened.map);
}

/** The files that n8n looks for: one of the name of each class. */
async function writeEntryPoints() {
	for (const path of entryPoints) {
		const [name] = basename(path).split('.');
		const code = relative(dirname(path), CODE);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, `exports.${name} = require('${code}').${name};\n`);
	}
}

/** Copies what n8n reads beside the code: icons, codex files, and the shapes of the operations' outputs. */
function copyAssets() {
	// A pattern for each folder: one for both, `{credentials,nodes}/`, would look through all of node_modules.
	const assets = ['credentials', 'nodes'].map(
		(folder) => `${folder}/**/{*.svg,*.node.json,__schema__/**/*.json}`,
	);
	return src(assets, { base: '.' }).pipe(shorten()).pipe(dest(DESTINATION));
}

/** Takes the white space out of JSON, which is half of it. */
function shorten() {
	return new Transform({
		objectMode: true,
		transform(file, _, done) {
			if (file.extname === '.json') file.contents = Buffer.from(compact(file.contents));
			done(null, file);
		},
	});
}

const compact = (json) => JSON.stringify(JSON.parse(json.toString()));

exports.build = series(checkTypes, clean, bundle, writeEntryPoints, copyAssets);
exports.default = exports.build;
