import { ADMIN_ID, type Crm } from '../crm.cts';
import { seedActivities } from './activities.cts';
import { seedBusiness } from './business.cts';
import { seedHistory } from './history.cts';
import { seedPeople } from './people.cts';
import { seedPricing } from './pricing.cts';

const DAY = 86_400_000;

/** The tools of the seeds: chance, days around today, and a way to store a record. */
export class Seeder {
	private readonly today: number;

	constructor(readonly crm: Crm) {
		this.today = Math.floor(crm.clock().getTime() / DAY) * DAY;
	}

	get random() {
		return this.crm.random;
	}

	/** A day, so many days from today; negative ones are past. */
	day(offset: number): string {
		return new Date(this.today + offset * DAY).toISOString().slice(0, 10);
	}

	moment(offset: number, hour: number, minute = 0): string {
		const time = [hour, minute, 0].map((part) => String(part).padStart(2, '0')).join(':');
		return `${this.day(offset)} ${time}`;
	}

	/** Stores a record that is some days to some years old. */
	add(model: string, values: Record<string, unknown>): string {
		const age = this.random.whole(10, 900);
		const entered = this.moment(-age, this.random.whole(7, 18), this.random.whole(0, 59));
		const changed = this.moment(-this.random.whole(1, 9), this.random.whole(7, 18));
		return this.crm.insert(
			model,
			{
				assigned_user_id: this.random.pick(this.userIds),
				date_entered: entered,
				date_modified: this.random.once(3) ? changed : entered,
				...values,
			},
			ADMIN_ID,
		);
	}

	get userIds(): string[] {
		return [...this.crm.store.table('User').rows.keys()];
	}
}

/** Fills a new CRM: users always, sample records if wanted. */
export function seedRecords(crm: Crm, withRecords: boolean): void {
	const seeder = new Seeder(crm);
	seedUsers(crm);
	if (!withRecords) return;
	const people = seedPeople(seeder);
	const business = seedBusiness(seeder, people);
	seedActivities(seeder, people, business);
	seedHistory(seeder);
	// Last, so that the records before are the same with and without it.
	seedPricing(seeder);
}

function seedUsers(crm: Crm): void {
	const users = [
		{ id: ADMIN_ID, user_name: 'admin', last_name: 'Administrator', is_admin: 1 },
		{ user_name: 'sales', first_name: 'Sanna', last_name: 'Holm', title: 'Sales' },
		{ user_name: 'support', first_name: 'Tomas', last_name: 'Reyes', title: 'Support' },
		{ user_name: 'finance', first_name: 'Wei', last_name: 'Lang', title: 'Accounting' },
	];
	for (const user of users) {
		const hasEmail = user.user_name !== 'admin';
		crm.insert(
			'User',
			{ ...user, ...(hasEmail && { email1: `${user.user_name}@sandbox.example` }) },
			ADMIN_ID,
		);
	}
}
