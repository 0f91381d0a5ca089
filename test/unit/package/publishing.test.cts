import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../support/package/published.cts';

const GUARD = 'test/package/refuse-publishing.mjs';

let checkout: string;

beforeEach(() => {
	checkout = mkdtempSync(join(tmpdir(), 'publishing-'));
	for (const file of ['package.json', '.npmrc', GUARD]) {
		cpSync(join(PACKAGE_FOLDER, file), join(checkout, file));
	}
});

afterEach(() => {
	rmSync(checkout, { recursive: true });
});

/** `npm publish --dry-run` in the checkout, with a registry that cannot be reached. */
function publish() {
	const registry = '--registry=http://127.0.0.1:9';
	return spawnSync('npm', ['publish', '--dry-run', registry], { cwd: checkout, encoding: 'utf8' });
}

it('cannot be published from a checkout without a build', () => {
	const { status, stderr } = publish();
	expect(status).not.toBe(0);
	expect(stderr).toContain('This checkout has no build');
});

it('cannot be published from a checkout at all: the package would have no provenance', () => {
	mkdirSync(join(checkout, 'dist'));
	writeFileSync(join(checkout, 'dist/package.js'), '');
	const { status, stderr } = publish();
	expect(status).not.toBe(0);
	expect(stderr).toContain('only .github/workflows/publish.yml publishes this package');
	expect(stderr).not.toContain('has no build');
});
