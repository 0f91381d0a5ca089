import { ADMIN_ID } from '../crm.cts';
import { fileOf } from '../file-store.cts';
import type { SeededBusiness } from './business.cts';
import type { SeededPeople } from './people.cts';
import type { Seeder } from './seed.cts';
import { TASK_SUBJECTS } from './words.cts';

const TASKS = 40;
const CALLS = 25;
const MEETINGS = 25;
const NOTES = 25;
const DOCUMENTS = 8;

/** Tasks, calls, meetings, notes and documents, around today. */
export function seedActivities(
	seeder: Seeder,
	people: SeededPeople,
	{ opportunities }: SeededBusiness,
): void {
	const { random } = seeder;
	const parents = [
		...people.accounts.map((id) => ({ parent_type: 'Accounts', parent_id: id })),
		...opportunities.map((id) => ({ parent_type: 'Opportunities', parent_id: id })),
	];
	for (let index = 0; index < TASKS; index++) {
		const due = random.whole(-20, 20);
		seeder.add('Task', {
			...random.pick(parents),
			name: random.pick(TASK_SUBJECTS),
			status: due < 0 ? 'Completed' : random.pick(['Not Started', 'In Progress']),
			priority: random.pick(['P1', 'P2', 'P3']),
			date_due: seeder.moment(due, 17),
		});
	}
	for (let index = 0; index < CALLS; index++) {
		const { contact, ...event } = seedEvent(seeder, people, random.whole(-14, 14));
		const id = seeder.add('Call', { ...event, name: 'Follow-up call', direction: 'Outbound' });
		seeder.crm.link('Call', id, 'contacts', contact);
	}
	for (let index = 0; index < MEETINGS; index++) {
		const { contact, ...event } = seedEvent(seeder, people, random.whole(-14, 14));
		const location = random.pick(['Office', 'Customer site', 'Online', '']);
		const id = seeder.add('Meeting', { ...event, name: 'Project meeting', location });
		seeder.crm.link('Meeting', id, 'contacts', contact);
	}
	for (let index = 0; index < NOTES; index++) seedNote(seeder, random.pick(parents), index);
	for (let index = 0; index < DOCUMENTS; index++) seedDocument(seeder, index);
}

function seedEvent(seeder: Seeder, people: SeededPeople, offset: number) {
	const hour = seeder.random.whole(8, 16);
	return {
		date_start: seeder.moment(offset, hour),
		date_end: seeder.moment(offset, hour, 30),
		duration: 30,
		status: offset < 0 ? 'Held' : 'Planned',
		parent_type: 'Accounts',
		parent_id: seeder.random.pick(people.accounts),
		contact: seeder.random.pick(people.contacts),
	};
}

function seedNote(seeder: Seeder, parent: object, index: number): void {
	const { crm } = seeder;
	const id = seeder.add('Note', {
		...parent,
		name: `Note ${index + 1}`,
		description: 'What was agreed.',
	});
	if (index % 5 !== 0) return;
	const file = fileOf(`minutes-${index + 1}.txt`, 'text/plain', `Minutes ${index + 1}\n`);
	crm.files.attach(id, file);
	const row = crm.store.live('Note', id);
	if (row) Object.assign(row, { filename: file.name, file_mime_type: file.mimeType });
}

function seedDocument(seeder: Seeder, index: number): void {
	const { crm } = seeder;
	const id = seeder.add('Document', {
		document_name: `Brochure ${index + 1}`,
		category_id: 'Marketing',
	});
	const file = fileOf(`brochure-${index + 1}.txt`, 'text/plain', `Brochure ${index + 1}\n`);
	crm.files.incoming.set(`INCOMING~seed-${index}`, file);
	const row = crm.store.live('Document', id);
	if (!row) return;
	crm.records.update('Document', row, { revision_filename: `INCOMING~seed-${index}` }, ADMIN_ID);
}
