/** A link of a module to related records. 1CRM has no list of them: these are the ones that are documented. */
export interface Link {
	name: string;
	label: string;
	/** The module of the related records, where it is known. */
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

/** The module behind a link, where it is known. */
export function linkTarget(module: string, link: string): string | undefined {
	return knownLinks(module).find(({ name }) => name === link)?.target;
}
