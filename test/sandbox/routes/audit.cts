import type { Answer } from '../answers.cts';
import type { AuditEntry } from '../audit-log.cts';
import type { Crm } from '../crm.cts';
import { forbidden, notFound } from '../errors.cts';
import { inOrder, listAnswer, pageOf } from '../paging.cts';
import type { Call, Route } from '../route.cts';

/** Types whose values the log stores in the columns for long texts. */
const LONG_TYPES = ['text', 'html'];

/** The log of changes of a module or of one record. */
export function auditRoutes(crm: Crm): Route[] {
	return ['/audit/:model', '/audit/:model/:id'].map((path) => ({
		method: 'get',
		path,
		scope: 'read',
		answer: (call) => entries(crm, call),
	}));
}

function entries(crm: Crm, { params, query, userId }: Call): Answer {
	crm.store.table(params.model);
	requireReader(crm, userId);
	const found = crm.audit.of(params.model, params.id);
	const records = pageOf(inOrder(found), query, crm.variants).map((entry) => shown(crm, entry));
	return { json: listAnswer(records, found, crm.variants) };
}

function requireReader({ store, variants }: Crm, userId: string): void {
	if (variants.auditReaders === 'none') throw notFound();
	const isAdmin = store.live('User', userId)?.is_admin === '1';
	if (variants.auditReaders === 'admin' && !isAdmin) {
		throw forbidden('You may not read the audit log');
	}
}

function shown(crm: Crm, entry: AuditEntry) {
	const { store, view } = crm;
	const isNamed = crm.variants.auditParent === 'named';
	const parent = isNamed ? store.live(entry.model, entry.parent_id) : undefined;
	const user = store.live('User', entry.created_by);
	const isLong = LONG_TYPES.includes(entry.data_type);
	const unused = crm.variants.unusedAuditValue === 'null' ? null : '';
	return {
		id: entry.id,
		created_by_user: user ? view.referredLabel(store.table('User').definition, user) : null,
		created_by: entry.created_by,
		date_created: entry.date_created,
		parent: parent ? view.label(store.table(entry.model).definition, parent) : '',
		parent_id: entry.parent_id,
		field_name: entry.field_name,
		data_type: entry.data_type,
		before_value_string: isLong ? unused : entry.before,
		after_value_string: isLong ? unused : entry.after,
		before_value_text: isLong ? entry.before : unused,
		after_value_text: isLong ? entry.after : unused,
		erased: entry.erased ? '1' : '0',
		source: null,
	};
}
