import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../http/address';
import { asNodeError, errorAfter } from '../http/errors';
import type { CrmClient } from './client';
import type { RecordKey } from './record';

/** A link of a module to related records. 1CRM has no list of them: these are the ones that are documented. */
export interface Link {
	name: string;
	label: string;
	/** The module of the related records, if it is known. */
	target?: string;
}

const CONTACTS: Link = { name: 'contacts', label: 'Contacts', target: 'Contact' };
const NOTES: Link = { name: 'notes', label: 'Notes', target: 'Note' };

/** Those that 1CRM's own clients use with several modules. */
const COMMON_LINKS: readonly Link[] = [CONTACTS, NOTES];

/** The parts of which a quote, an invoice or an order consists, each in a module of its own. */
function partsOf(module: string): readonly Link[] {
	return [
		{ name: 'adjustments_link', label: 'Adjustments', target: `${module}Adjustment` },
		{ name: 'comments_link', label: 'Comments', target: `${module}Comment` },
		{ name: 'line_groups_link', label: 'Line Groups', target: `${module}LineGroup` },
		{ name: 'lines_link', label: 'Lines', target: `${module}Line` },
	];
}

const OWN_LINKS: Readonly<Record<string, readonly Link[]>> = {
	Assembly: [{ name: 'products', label: 'Products', target: 'Product' }],
	Bill: partsOf('Bill'),
	Contact: [{ name: 'accounts', label: 'Accounts', target: 'Account' }],
	Invoice: [{ name: 'payments', label: 'Payments', target: 'Payment' }, ...partsOf('Invoice')],
	KBArticle: [{ name: 'documents', label: 'Documents', target: 'Document' }],
	KBCategory: [
		{ name: 'articles', label: 'Articles', target: 'KBArticle' },
		{ name: 'subcategories', label: 'Subcategories', target: 'KBCategory' },
	],
	Meeting: [{ name: 'resources', label: 'Resources', target: 'Resource' }],
	Project: [{ name: 'project_tasks', label: 'Project Tasks', target: 'ProjectTask' }],
	PurchaseOrder: partsOf('PurchaseOrder'),
	Quote: partsOf('Quote'),
	SalesOrder: partsOf('SalesOrder'),
	Shipping: partsOf('Shipping'),
};

/** The links that a module is known to have, its own first. */
export function knownLinks(module: string): Link[] {
	const own = Object.hasOwn(OWN_LINKS, module) ? OWN_LINKS[module] : [];
	return [...own, ...COMMON_LINKS].filter(({ target }) => target !== module);
}

/** The module of the records behind a link, if it is known. */
export function moduleBehind({
	module,
	link,
}: Pick<RecordLink, 'module' | 'link'>): string | undefined {
	return knownLinks(module).find(({ name }) => name === link)?.target;
}

/** A link of one record. */
export interface RecordLink extends RecordKey {
	link: string;
}

/** Where the related records are, and what to call it if it isn't there: 1CRM doesn't say which of the two it doesn't know. */
export function linkTarget({ module, id, link }: RecordLink): { path: string; subject: string } {
	return {
		path: apiPath(['data', module, id, link]),
		subject: `${module} "${id}" or its link "${link}"`,
	};
}

/** Links records, with what belongs to the relation itself, by name, e.g. a quantity. */
export async function addRelated(
	crm: CrmClient,
	recordLink: RecordLink,
	ids: string[],
	data: IDataObject,
): Promise<void> {
	const hasData = Object.keys(data).length > 0;
	const { path, subject } = linkTarget(recordLink);
	await crm.http.json({
		method: 'POST',
		path,
		// 1CRM doesn't say either whether one of these is missing.
		subject: `${subject}, or one of the records to link,`,
		// 1CRM's own client always sends both lists.
		body: {
			records: hasData ? [] : ids,
			records_with_data: hasData ? ids.map((id) => ({ ...data, id })) : [],
		},
		isConfirmed: true,
	});
}

/**
 * Unlinks records, one after the other: if one fails, those before it are unlinked, those after it aren't, and the error
 * says so.
 */
export async function removeRelated(
	crm: CrmClient,
	recordLink: RecordLink,
	ids: string[],
): Promise<void> {
	const { path, subject } = linkTarget(recordLink);
	for (const [removed, id] of ids.entries()) {
		try {
			await crm.http.json({
				method: 'DELETE',
				path: `${path}/${apiPath([id])}`,
				subject: `${subject} to "${id}"`,
			});
		} catch (error) {
			if (removed === 0) throw asNodeError(crm.http.node, error);
			const done = `"${ids.slice(0, removed).join('", "')}" was unlinked, but not "${id}"`;
			throw errorAfter(crm.http.node, done, error);
		}
	}
}
