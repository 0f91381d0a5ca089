import { aboutTheServer } from './about-the-server.cts';
import { documents } from './documents.cts';
import { files } from './files.cts';
import type { Flow } from './flow.cts';
import { lists } from './lists.cts';
import { loggingIn } from './logging-in.cts';
import { otherClients } from './other-clients.cts';
import { records } from './records.cts';
import { relations } from './relations.cts';

/** Every example in the documentation of 1CRM's own PHP client. */
export const DOCUMENTED: readonly Flow[] = [
	...loggingIn,
	...aboutTheServer,
	...records,
	...lists,
	...relations,
	...files,
	...documents,
];

/** The pages of that documentation with examples. */
export const DOCUMENTED_PAGES = [
	...['auth', 'calendar', 'list-result', 'lowlevel', 'meta', 'utility'],
	...['data/add-related', 'data/create', 'data/delete', 'data/list', 'data/record', 'data/related'],
	...['data/update', 'files/download', 'files/info', 'files/upload', 'files/use'],
	...['examples/add-contact', 'examples/add-product', 'examples/create-account'],
	...['examples/create-invoice', 'examples/create-quote', 'examples/create-so'],
	...['examples/delete-note', 'examples/delete-related', 'examples/errors'],
	...['examples/filter-contacts', 'examples/get-audit', 'examples/get-contact'],
	...['examples/get-leads', 'examples/get-reports', 'examples/print-invoice'],
	...['examples/print-personal', 'examples/project-tasks', 'examples/quote-structure'],
	'examples/sort-leads',
];

/** What other public clients send. */
export const OTHER: readonly Flow[] = otherClients;
