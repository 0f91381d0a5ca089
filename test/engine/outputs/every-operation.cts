import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox.cts';
import { recordWithFile } from '../../support/record-with-file.cts';

type Parameters = Record<string, Record<string, INodeParameters>>;

/** Parameters with which each operation returns an output, by resource and operation. */
export async function everyOperation(sandbox: Sandbox): Promise<Parameters> {
	const contact = sandbox.insert('Contact', { last_name: 'Berg' });
	const gone = sandbox.insert('Contact', { last_name: 'Gone' });
	const account = sandbox.insert('Account', { name: 'Berg Ltd' });
	const note = await recordWithFile(sandbox, {
		fileName: 'a.txt',
		mimeType: 'text/plain',
		content: Buffer.from('text'),
	});
	const day = '2026-07-14';
	sandbox.insert('Meeting', { name: 'Meeting', date_start: `${day} 08:00:00` });

	const lead = sandbox.insert('Lead', { last_name: 'Dale' });
	sandbox.insert('Task', {
		name: 'Write',
		description: 'About the offer',
		date_due: `${day} 08:00:00`,
		parent_type: 'Leads',
		parent_id: lead,
	});
	const header = { name: 'Doc', billing_account_id: account };
	const invoice = sandbox.insert('Invoice', { ...header, amount: 10, amount_due: 10 });

	const module = 'Contact';
	const record = { module, recordId: contact };
	const fields = (value: INodeParameters, matchingColumns: string[] = []): INodeParameters => ({
		fields: { mappingMode: 'defineBelow', value, matchingColumns },
	});
	const contacts = { module: 'Account', recordId: account, link: 'contacts' };
	const file = { module: 'Note', recordId: note };
	const typed = { inputMode: 'manual', fileName: 'b.txt', fileContent: 'text' };
	return {
		activity: {
			create: {
				...record,
				type: 'call',
				subject: 'Ask',
				start: day,
				durationMinutes: 30,
				status: 'Planned',
				description: 'About the order',
			},
			getAll: { module: 'Lead', recordId: lead },
		},
		api: { call: { url: 'me' } },
		auditLog: { getAll: { module: 'Lead' } },
		calendarEvent: { getAll: { start: day, end: day } },
		document: { getPdf: record },
		field: { getAll: { module } },
		file: { upload: { ...typed, attachTo: 'note' }, getInfo: file, download: file },
		module: { getAll: {} },
		record: {
			count: { module },
			create: { module, ...fields({ last_name: 'New' }) },
			upsert: { module, ...fields({ last_name: 'Newer' }, ['last_name']) },
			get: record,
			getChanges: { module },
			search: { module },
			update: { ...record, ...fields({ title: 'Buyer' }) },
			erasePersonal: { ...record, fieldsToErase: ['phone_home'] },
			delete: { module, recordId: gone },
		},
		relatedRecord: {
			add: { ...contacts, relatedIds: contact },
			getAll: contacts,
			remove: { ...contacts, relatedIds: contact },
		},
		salesDocument: {
			create: {
				module: 'SalesOrder',
				...fields(header),
				linesMode: 'json',
				linesJson: [{ name: 'Thing', unitPrice: 10 }],
				adjustmentsJson: [{ type: 'percentDiscount', value: 10 }],
			},
			get: { module: 'Invoice', recordId: invoice },
			addPayment: { recordId: invoice, amount: '10' },
		},
		user: { getMe: {} },
	};
}
