import { ADMIN_ID } from '../crm.cts';
import {
	INDUSTRIES,
	LEAD_SOURCES,
	LOYALTY_LEVELS,
	NEWSLETTER_TOPICS,
	SALUTATIONS,
} from '../modules/choices.cts';
import type { Choices } from '../modules/fields.cts';
import type { Seeder } from './seed.cts';
import {
	CITIES,
	COMPANY_FORMS,
	COMPANY_KINDS,
	COMPANY_WORDS,
	FIRST_NAMES,
	JOB_TITLES,
	LAST_NAMES,
	STREETS,
} from './words.cts';

const ACCOUNTS = 45;
const CONTACTS = 80;
const LEADS = 40;
const FAVORITES = 3;

export interface SeededPeople {
	accounts: string[];
	contacts: string[];
}

/** Companies, the people in them, and people who may become customers. */
export function seedPeople(seeder: Seeder): SeededPeople {
	const accounts = Array.from({ length: ACCOUNTS }, (_, index) => seedAccount(seeder, index));
	const contacts = Array.from({ length: CONTACTS }, (_, index) => {
		return seedContact(seeder, index, accounts[index % accounts.length]);
	});
	for (let index = 0; index < LEADS; index++) seedLead(seeder, index);
	for (const id of contacts.slice(0, FAVORITES)) seeder.crm.store.setFavorite(ADMIN_ID, id);
	return { accounts, contacts };
}

function seedAccount(seeder: Seeder, index: number): string {
	const { random } = seeder;
	const word = COMPANY_WORDS[index % COMPANY_WORDS.length];
	const kind = COMPANY_KINDS[Math.floor(index / COMPANY_WORDS.length)];
	const domain = `${word}-${kind}.example`.toLowerCase();
	return seeder.add('Account', {
		name: `${word} ${kind} ${random.pick(COMPANY_FORMS)}`,
		account_type: random.pick(['Customer', 'Customer', 'Prospect', 'Partner', 'Supplier']),
		industry: pickValue(seeder, INDUSTRIES),
		employees: String(random.whole(3, 900)),
		phone_office: phoneNumber(seeder),
		email1: `office@${domain}`,
		website: `https://www.${domain}`,
		credit_limit: random.whole(1, 50) * 1000,
		balance: random.whole(0, 900_000) / 100,
		is_supplier: random.once(8),
		...address(seeder, 'billing_address'),
		...customValues(seeder),
	});
}

function seedContact(seeder: Seeder, index: number, accountId: string): string {
	const { random } = seeder;
	const id = seeder.add('Contact', {
		...person(seeder, index, 5),
		salutation: random.pick(SALUTATIONS),
		primary_account_id: accountId,
		department: random.pick(['Sales', 'Purchasing', 'Production', 'Administration']),
		lead_source: pickValue(seeder, LEAD_SOURCES),
		categories: random.pick(['Customers', 'Customers^,^Business', 'Press and Analysts', '']),
		birthdate: random.once(3)
			? `${random.whole(1955, 2003)}-0${random.whole(1, 9)}-1${random.whole(0, 9)}`
			: '',
		do_not_call: random.once(9),
		portal_active: random.once(4),
		phone_mobile: phoneNumber(seeder),
		...customValues(seeder),
	});
	seeder.crm.link('Contact', id, 'accounts', accountId);
	return id;
}

function seedLead(seeder: Seeder, index: number): void {
	const { random } = seeder;
	seeder.add('Lead', {
		...person(seeder, index, 11),
		account_name: `${random.pick(COMPANY_WORDS)} ${random.pick(['Trading', 'Works', 'Studio'])}`,
		status: random.pick(['New', 'New', 'Assigned', 'In Process', 'Converted', 'Recycled', 'Dead']),
		lead_source: pickValue(seeder, LEAD_SOURCES),
		temperature: random.pick(['Hot', 'Warm', 'Cold']),
	});
}

/** What contacts and leads share; no two of a kind have the same name, thanks to the stride. */
function person(seeder: Seeder, index: number, stride: number) {
	const first = FIRST_NAMES[index % FIRST_NAMES.length];
	const round = Math.floor(index / FIRST_NAMES.length);
	const last = LAST_NAMES[(index * stride + round) % LAST_NAMES.length];
	const mailName = `${first}.${last}`
		.toLowerCase()
		.normalize('NFD')
		.replace(/[^a-z.]/g, '');
	return {
		first_name: first,
		last_name: last,
		title: seeder.random.pick(JOB_TITLES),
		email1: `${mailName}.${index}@people.example`,
		phone_work: phoneNumber(seeder),
		...address(seeder, 'primary_address'),
	};
}

function address({ random }: Seeder, prefix: string): Record<string, string> {
	const [city, postalcode, country] = random.pick(CITIES);
	return {
		[`${prefix}_street`]: `${random.whole(1, 120)} ${random.pick(STREETS)}`,
		[`${prefix}_city`]: city,
		[`${prefix}_postalcode`]: postalcode,
		[`${prefix}_country`]: country,
	};
}

function customValues(seeder: Seeder): Record<string, unknown> {
	const { random } = seeder;
	const topics = [pickValue(seeder, NEWSLETTER_TOPICS), pickValue(seeder, NEWSLETTER_TOPICS)];
	return {
		loyalty_level: random.once(4) ? '' : pickValue(seeder, LOYALTY_LEVELS),
		newsletter_topics: random.once(3) ? '' : [...new Set(topics)].join('^,^'),
		customer_since: seeder.day(-random.whole(30, 4000)),
		annual_budget: random.whole(10, 900) * 250,
	};
}

function pickValue({ random }: Seeder, choices: Choices): string {
	const choice = random.pick(choices);
	return typeof choice === 'string' ? choice : choice[0];
}

function phoneNumber({ random }: Seeder): string {
	return `+1 (555) ${random.whole(100, 999)}-${random.whole(1000, 9999)}`;
}
