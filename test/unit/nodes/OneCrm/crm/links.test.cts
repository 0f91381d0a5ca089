import { NodeOperationError } from 'n8n-workflow';
import {
	addRelated,
	KNOWN_LINKS,
	knownLinks,
	linkTarget,
	moduleBehind,
	removeRelated,
} from '../../../../../nodes/OneCrm/crm/links';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const namesOf = (module: string) => knownLinks(module).map(({ name }) => name);
const PARTS = ['adjustments_link', 'comments_link', 'line_groups_link', 'lines_link'];

describe('the links that are offered', () => {
	it.each([
		['aCase', ['contacts', 'notes']],
		['Account', ['contacts', 'notes']],
		['Assembly', ['products']],
		['Bill', [...PARTS, 'notes']],
		['Bug', ['contacts', 'notes']],
		['Call', ['contacts', 'notes']],
		['Contact', ['accounts', 'notes']],
		['Document', ['contacts']],
		['Invoice', ['payments', ...PARTS, 'notes']],
		['KBArticle', ['documents', 'notes']],
		['KBCategory', ['articles', 'subcategories']],
		['Lead', ['notes']],
		['Meeting', ['resources', 'contacts', 'notes']],
		['Opportunity', ['contacts', 'notes']],
		['Project', ['project_tasks', 'contacts', 'notes']],
		['ProjectTask', ['notes']],
		['ProspectList', ['contacts']],
		['PurchaseOrder', [...PARTS, 'notes']],
		['Quote', [...PARTS, 'notes']],
		['SalesOrder', [...PARTS, 'notes']],
		['Shipping', [...PARTS, 'notes']],
	])('of %s are its own, then those that many modules have', (module, names) => {
		expect(namesOf(module)).toStrictEqual(names);
	});

	it.each(['Task', 'toString', '__proto__', ''])('of the module %j are none', (module) => {
		expect(namesOf(module)).toStrictEqual([]);
	});

	it('have the words for their names as labels', () => {
		const labels = new Map(
			Object.values(KNOWN_LINKS).flatMap((links) => links.map(({ name, label }) => [name, label])),
		);
		expect(Object.fromEntries(labels)).toEqual({
			accounts: 'Accounts',
			adjustments_link: 'Adjustments',
			articles: 'Articles',
			comments_link: 'Comments',
			contacts: 'Contacts',
			documents: 'Documents',
			line_groups_link: 'Line Groups',
			lines_link: 'Lines',
			notes: 'Notes',
			payments: 'Payments',
			products: 'Products',
			project_tasks: 'Project Tasks',
			resources: 'Resources',
			subcategories: 'Subcategories',
		});
	});
});

describe('the module behind a link', () => {
	it.each([
		['Quote', 'adjustments_link', 'QuoteAdjustment'],
		['Invoice', 'comments_link', 'InvoiceComment'],
		['SalesOrder', 'line_groups_link', 'SalesOrderLineGroup'],
		['Bill', 'lines_link', 'BillLine'],
		['PurchaseOrder', 'lines_link', 'PurchaseOrderLine'],
		['Shipping', 'lines_link', 'ShippingLine'],
		['Invoice', 'payments', 'Payment'],
		['Assembly', 'products', 'Product'],
		['Contact', 'accounts', 'Account'],
		['KBArticle', 'documents', 'Document'],
		['KBCategory', 'articles', 'KBArticle'],
		['KBCategory', 'subcategories', 'KBCategory'],
		['Meeting', 'resources', 'Resource'],
		['Project', 'project_tasks', 'ProjectTask'],
		['Account', 'contacts', 'Contact'],
		['Lead', 'notes', 'Note'],
	])('of %s, %s, is %s', (module, link, target) => {
		expect(moduleBehind({ module, link })).toBe(target);
	});

	it('is known for contacts and notes of any module, and for nothing else', () => {
		expect(moduleBehind({ module: 'Task', link: 'contacts' })).toBe('Contact');
		expect(moduleBehind({ module: 'Task', link: 'notes' })).toBe('Note');
		expect(moduleBehind({ module: 'Task', link: 'payments' })).toBeUndefined();
	});
});

const LINK = { module: 'Account', id: '7', link: 'contacts' };
const SUBJECT = 'Account "7" or its link "contacts"';

it('a link is part of the address of its record', () => {
	expect(linkTarget(LINK)).toEqual({ path: 'data/Account/7/contacts', subject: SUBJECT });
});

describe('records are linked', () => {
	const bodyFor = async (data: object) => {
		const { crm, sent } = clientWith(() => ({}));
		await addRelated(crm, LINK, ['a', 'b'], { ...data });
		expect(sent).toHaveLength(1);
		return sent[0];
	};

	it('by their IDs, in one request that 1CRM has to confirm', async () => {
		expect(await bodyFor({})).toEqual({
			method: 'POST',
			path: 'data/Account/7/contacts',
			subject: `${SUBJECT}, or one of the records to link,`,
			body: { records: ['a', 'b'], records_with_data: [] },
			isConfirmed: true,
		});
	});

	it('with what belongs to the relation, which never replaces an ID', async () => {
		expect((await bodyFor({ quantity: 2, id: 'x' })).body).toEqual({
			records: [],
			records_with_data: [
				{ quantity: 2, id: 'a' },
				{ quantity: 2, id: 'b' },
			],
		});
	});
});

describe('records are unlinked', () => {
	const missing = new CrmError(node, { message: 'Not there' }, { status: 404 });
	const failingAt = (failing: number) =>
		clientWith((_, index) => {
			if (index === failing) throw missing;
			return { result: true };
		});

	it('one after the other', async () => {
		const { crm, sent } = failingAt(-1);
		await removeRelated(crm, LINK, ['a', 'b']);
		expect(sent).toEqual(
			['a', 'b'].map((id) => ({
				method: 'DELETE',
				path: `data/Account/7/contacts/${id}`,
				subject: `${SUBJECT} to "${id}"`,
			})),
		);
	});

	it('and a failure of the first is that of all', async () => {
		const { crm, sent } = failingAt(0);
		await expect(removeRelated(crm, LINK, ['a', 'b'])).rejects.toThrow(/^Not there$/);
		expect(sent).toHaveLength(1);
	});

	it('and a later failure says which ones are', async () => {
		const { crm, sent } = failingAt(2);
		await expect(removeRelated(crm, LINK, ['a', 'b', 'c', 'd'])).rejects.toThrow(
			/^"a", "b" was unlinked, but not "c": Not there$/,
		);
		expect(sent).toHaveLength(3);
	});

	it('but never by an ID that is no part of an address', async () => {
		const { crm, sent } = failingAt(-1);
		await expect(removeRelated(crm, LINK, ['../1'])).rejects.toThrow(NodeOperationError);
		expect(sent).toEqual([]);
	});
});
