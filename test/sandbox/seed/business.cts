import type { SeededPeople } from './people.cts';
import type { Seeder } from './seed.cts';
import { CASE_SUBJECTS, PRODUCT_NAMES } from './words.cts';

const OPPORTUNITIES = 40;
const CASES = 35;
const QUOTES = 30;
const INVOICES = 30;
const PROJECTS = 12;

export interface SeededBusiness {
	opportunities: string[];
}

interface Product {
	id: string;
	name: string;
	price: number;
}

/** Products, chances, offers, bills, cases and projects. */
export function seedBusiness(seeder: Seeder, people: SeededPeople): SeededBusiness {
	const products = PRODUCT_NAMES.flatMap((name, index) =>
		['S', 'L'].map((size) => seedProduct(seeder, `${name} ${size}`, index)),
	);
	const opportunities = repeat(OPPORTUNITIES, (index) => seedOpportunity(seeder, people, index));
	repeat(QUOTES, (index) => seedQuote(seeder, people, products, opportunities, index));
	repeat(INVOICES, (index) => seedInvoice(seeder, people, products, index));
	repeat(CASES, (index) => seedCase(seeder, people, index));
	repeat(PROJECTS, (index) => seedProject(seeder, people, index));
	return { opportunities };
}

const repeat = <T,>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));

/** The company an nth record belongs to, and someone who works there. */
function customer({ accounts, contacts }: SeededPeople, index: number) {
	const place = (index * 7) % accounts.length;
	return { accountId: accounts[place], contactId: contacts[place] };
}

function seedProduct(seeder: Seeder, name: string, index: number): Product {
	const price = seeder.random.whole(20, 900) + 0.5;
	const id = seeder.add('Product', {
		name,
		manufacturers_part_no: `PN-${1000 + index * 10}${name.slice(-1)}`,
		cost: price / 2,
		list_price: price,
		purchase_price: price,
		all_stock: seeder.random.whole(0, 300),
	});
	return { id, name, price };
}

function seedOpportunity(seeder: Seeder, people: SeededPeople, index: number): string {
	const { random } = seeder;
	const { accountId, contactId } = customer(people, index);
	const stages = [
		'Prospecting',
		'Qualification',
		'Negotiation/Review',
		'Closed Won',
		'Closed Lost',
	];
	const id = seeder.add('Opportunity', {
		name: `${random.pick(PRODUCT_NAMES)} for hall ${index + 1}`,
		account_id: accountId,
		sales_stage: stages[index % stages.length],
		amount: random.whole(10, 900) * 100,
		date_closed: seeder.day(random.whole(-60, 120)),
		probability: random.whole(1, 10) * 10,
		opportunity_type: random.pick(['New Business', 'Existing Business']),
	});
	seeder.crm.link('Opportunity', id, 'contacts', contactId);
	return id;
}

/** What quotes and invoices share. */
function salesDocument(seeder: Seeder, people: SeededPeople, products: Product[], index: number) {
	const { accountId, contactId } = customer(people, index + 3);
	const lines = repeat(seeder.random.whole(1, 4), (position) => {
		const product = seeder.random.pick(products);
		const quantity = seeder.random.whole(1, 20);
		return { product, quantity, position, sum: product.price * quantity };
	});
	const total = lines.reduce((sum, line) => sum + line.sum, 0);
	const lineItems = lines.map(({ product, quantity, position, sum }) => ({
		id: seeder.random.guid(),
		name: product.name,
		related_id: product.id,
		position: String(position),
		quantity: String(quantity),
		unit_price: product.price.toFixed(2),
		ext_price: sum.toFixed(2),
	}));
	const values = {
		billing_account_id: accountId,
		billing_contact_id: contactId,
		amount: total,
		subtotal: total,
	};
	return { values, lineItems };
}

function seedQuote(
	seeder: Seeder,
	people: SeededPeople,
	products: Product[],
	opportunities: string[],
	index: number,
): string {
	const { values, lineItems } = salesDocument(seeder, people, products, index);
	const stages = ['Draft', 'Delivered', 'Negotiation', 'Closed Accepted', 'Closed Lost'];
	const id = seeder.add('Quote', {
		...values,
		name: `Offer ${index + 1}`,
		quote_stage: stages[index % stages.length],
		valid_until: seeder.day(seeder.random.whole(-30, 60)),
		opportunity_id: opportunities[index % opportunities.length],
	});
	seeder.crm.view.lineItems.set(id, lineItems);
	return id;
}

function seedInvoice(
	seeder: Seeder,
	people: SeededPeople,
	products: Product[],
	index: number,
): string {
	const { values, lineItems } = salesDocument(seeder, people, products, index);
	const age = seeder.random.whole(1, 90);
	const id = seeder.add('Invoice', {
		...values,
		name: `Delivery ${index + 1}`,
		shipping_stage: seeder.random.pick(['None', 'Pending', 'Shipped']),
		invoice_date: seeder.day(-age),
		due_date: seeder.day(30 - age),
		amount_due: seeder.random.once(3) ? values.amount : 0,
		cancelled: index % 6 === 5,
	});
	seeder.crm.view.lineItems.set(id, lineItems);
	return id;
}

function seedCase(seeder: Seeder, people: SeededPeople, index: number): string {
	const { random } = seeder;
	const { accountId, contactId } = customer(people, index);
	const statuses = ['Active - New', 'Active - Assigned', 'Active - Pending Input', 'Closed'];
	const id = seeder.add('aCase', {
		name: `${random.pick(CASE_SUBJECTS)} (${index + 1})`,
		account_id: accountId,
		cust_contact_id: contactId,
		status: statuses[index % statuses.length],
		priority: random.pick(['P0', 'P1', 'P2', 'P3']),
		category: random.pick(['Question', 'Fault', 'Return', 'Wish']),
		description: 'Reported by phone.\nThe customer expects an answer this week.',
	});
	seeder.crm.link('aCase', id, 'contacts', contactId);
	return id;
}

function seedProject(seeder: Seeder, people: SeededPeople, index: number): string {
	const phases = ['Active - Starting Soon', 'Active - In Progress', 'Closed - Complete'];
	const start = seeder.random.whole(-200, 30);
	return seeder.add('Project', {
		name: `Modernisation ${index + 1}`,
		account_id: customer(people, index).accountId,
		project_phase: phases[index % phases.length],
		date_starting: seeder.day(start),
		date_ending: seeder.day(start + 90),
		amount: seeder.random.whole(20, 400) * 1000,
		percent_complete: seeder.random.whole(0, 100),
	});
}
