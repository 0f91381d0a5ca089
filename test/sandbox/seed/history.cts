import type { StoredRecord } from '../store.cts';
import type { Seeder } from './seed.cts';

/** How an opportunity comes to its stage; one that is lost may be lost at any of them. */
const STAGES = ['Prospecting', 'Qualification', 'Negotiation/Review', 'Closed Won'];
const LONGEST_PAUSE = 20;

interface Change {
	row: StoredRecord;
	before: string;
	after: string;
	moment: string;
}

/** What the audit log says of the opportunities of the last months: through which stages they went. */
export function seedHistory(seeder: Seeder): void {
	const { crm } = seeder;
	const { definition, rows } = crm.store.table('Opportunity');
	const changes = [...rows.values()].flatMap((row) => stagesOf(seeder, row));
	// The log is written in the order of time.
	changes.sort((one, other) => one.moment.localeCompare(other.moment));
	for (const { row, before, after, moment } of changes) {
		const now = { ...row, modified_user_id: row.assigned_user_id, date_modified: moment };
		crm.audit.record(definition, { ...now, sales_stage: before }, { ...now, sales_stage: after });
	}
}

/** The steps to the present stage, the last one first. */
function stagesOf(seeder: Seeder, row: StoredRecord): Change[] {
	const stage = row.sales_stage ?? '';
	const place = STAGES.includes(stage) ? STAGES.indexOf(stage) : seeder.random.whole(1, 3);
	const path = [...STAGES.slice(0, place), stage];
	let day = 0;
	return path
		.slice(1)
		.map((after, index) => ({ row, before: path[index], after }))
		.reverse()
		.map((change) => {
			day -= seeder.random.whole(1, LONGEST_PAUSE);
			return { ...change, moment: seeder.moment(day, seeder.random.whole(7, 18)) };
		});
}
