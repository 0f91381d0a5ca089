import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';
import { pages } from './pages.cts';

for (const { path, present, wanted } of pages()) {
	if (present === wanted) continue;
	const file = join(PACKAGE_FOLDER, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, wanted);
	console.log(`Written: ${path}`);
}
