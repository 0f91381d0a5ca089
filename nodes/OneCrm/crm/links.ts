import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../http/address';
import { asNodeError, errorAfter } from '../http/errors';
import type { CrmClient } from './client';
import type { RecordKey } from './record';

/** A link of a module to related records. 1CRM has no list of them: these are the ones that are documented. */
interface Link {
	name: string;
	label: string;
	/** The module of the related records. */
	target: string;
}

const CONTACTS: Link = { name: 'contacts', label: 'Contacts', target: 'Contact' };
const NOTES: Link = { name: 'notes', label: 'Notes', target: 'Note' };

/** The parts of which a quote, an invoice or an order consists, each in a module of its own. */
function partsOf(module: string): readonly Link[] {
	return [
		{ name: 'adjustments_link', label: 'Adjustments', target: `${module}Adjustment` },
		{ name: 'comments_link', label: 'Comments', target: `${module}Comment` },
		{ name: 'line_groups_link', label: 'Line Groups', target: `${module}LineGroup` },
		{ name: 'lines_link', label: 'Lines', target: `${module}Line` },
	];
}

/** By module, its own links first. Modules that aren't here have links, too: the user enters their names. */
export const KNOWN_LINKS: Readonly<Record<string, readonly Link[]>> = {
	aCase: [CONTACTS, NOTES],
	Account: [CONTACTS, NOTES],
	Assembly: [{ name: 'products', label: 'Products', target: 'Product' }],
	Bill: [...partsOf('Bill'), NOTES],
	Bug: [CONTACTS, NOTES],
	Call: [CONTACTS, NOTES],
	Contact: [{ name: 'accounts', label: 'Accounts', target: 'Account' }, NOTES],
	Document: [CONTACTS],
	Invoice: [
		{ name: 'payments', label: 'Payments', target: 'Payment' },
		...partsOf('Invoice'),
		NOTES,
	],
	KBArticle: [{ name: 'documents', label: 'Documents', target: 'Document' }, NOTES],
	KBCategory: [
		{ name: 'articles', label: 'Articles', target: 'KBArticle' },
		{ name: 'subcategories', label: 'Subcategories', target: 'KBCategory' },
	],
	Lead: [NOTES],
	Meeting: [{ name: 'resources', label: 'Resources', target: 'Resource' }, CONTACTS, NOTES],
	Opportunity: [CONTACTS, NOTES],
	Project: [
		{ name: 'project_tasks', label: 'Project Tasks', target: 'ProjectTask' },
		CONTACTS,
		NOTES,
	],
	ProjectTask: [NOTES],
	ProspectList: [CONTACTS],
	PurchaseOrder: [...partsOf('PurchaseOrder'), NOTES],
	Quote: [...partsOf('Quote'), NOTES],
	SalesOrder: [...partsOf('SalesOrder'), NOTES],
	Shipping: [...partsOf('Shipping'), NOTES],
};

/** The links that a module is known to have. */
export function knownLinks(module: string): readonly Link[] {
	return Object.hasOwn(KNOWN_LINKS, module) ? KNOWN_LINKS[module] : [];
}

/** The module of the records behind a link, if it is known. */
export function moduleBehind({
	module,
	link,
}: Pick<RecordLink, 'module' | 'link'>): string | undefined {
	// Other modules may have these two, too, and nobody calls anything else by their names.
	return [...knownLinks(module), CONTACTS, NOTES].find(({ name }) => name === link)?.target;
}

/** A link of one record. */
export interface RecordLink extends RecordKey {
	link: string;
}

/** Where the related records are, and what to call what isn't there: the record or its link, 1CRM doesn't say which. */
export function linkTarget({ module, id, link }: RecordLink): { path: string; subject: string } {
	return {
		path: apiPath(['data', module, id, link]),
		subject: `${module} "${id}" or its link "${link}"`,
	};
}

/** Links records. `data` contains what belongs to the relation itself, by name, e.g. a quantity. */
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
		// Nor does 1CRM say whether one of these is missing.
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
 * Unlinks records, one after the other. If one fails, those before it are unlinked, those after it aren't, and the
 * error says so.
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
