const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, series, src } = require('gulp');

const DESTINATION = 'dist';

/** Removes what an earlier build left, so that no deleted file is published. */
async function clean() {
	await rm(DESTINATION, { recursive: true, force: true });
}

/** Compiles the nodes and credentials; the codex files come along as JSON modules. */
async function compile() {
	try {
		await promisify(execFile)(process.execPath, [require.resolve('typescript/bin/tsc')]);
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
}

/** Copies what n8n reads beside the code: icons, and the shapes of the operations' outputs. */
function copyAssets() {
	return src('nodes/**/{*.svg,__schema__/**/*.json}', { base: '.' }).pipe(dest(DESTINATION));
}

exports.build = series(clean, compile, copyAssets);
exports.default = exports.build;
