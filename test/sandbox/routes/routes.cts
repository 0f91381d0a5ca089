import type { Crm } from '../crm.cts';
import type { Route } from '../route.cts';
import { auditRoutes } from './audit.cts';
import { calendarRoutes } from './calendar.cts';
import { dataRoutes } from './data.cts';
import { fileRoutes } from './files.cts';
import { metadataRoutes } from './metadata.cts';
import { printerRoutes } from './printer.cts';
import { relatedRoutes } from './related.cts';
import { reportRoutes } from './reports.cts';
import { systemRoutes } from './system.cts';
import { tallyRoutes } from './tally.cts';
import { tokenRoutes } from './token.cts';
import { webhookRoutes } from './webhooks.cts';

/** Every route of the API. */
export function allRoutes(crm: Crm): Route[] {
	return [
		...systemRoutes(crm),
		...tokenRoutes(crm),
		...metadataRoutes(crm),
		...dataRoutes(crm),
		...relatedRoutes(crm),
		...fileRoutes(crm),
		...webhookRoutes(crm),
		...calendarRoutes(crm),
		...auditRoutes(crm),
		...printerRoutes(crm),
		...reportRoutes(crm),
		...tallyRoutes(crm),
	];
}
