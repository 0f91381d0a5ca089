import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';
import type { HandWritten } from './hand-written.cts';
import { handWrittenIn } from './hand-written.cts';
import { describedResources, resourcePage } from './resource-page.cts';
import { triggerPage } from './trigger-page.cts';

const NOTICE =
	'<!-- Written by "npm run docs" from the descriptions in nodes/. Write between the marks "text" and "end of text" only. -->';

interface Page {
	/** Below the project's folder. */
	path: string;
	/** As it is on the disk, empty for a new page. */
	present: string;
	/** As it has to be: what people wrote in the present one, and the descriptions of the built nodes. */
	wanted: string;
}

/** The pages that are made from the descriptions of the built nodes. */
export function pages(): Page[] {
	return [
		...describedResources().map((resource) =>
			page(`docs/resources/${resource.value}.md`, (parts) => resourcePage(resource, parts)),
		),
		page('docs/trigger.md', triggerPage),
	];
}

function page(path: string, blocks: (parts: HandWritten) => string[]): Page {
	const file = join(PACKAGE_FOLDER, path);
	const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const written = [NOTICE, ...blocks(handWrittenIn(present))].filter((block) => block !== '');
	return { path, present, wanted: `${written.join('\n\n')}\n` };
}
