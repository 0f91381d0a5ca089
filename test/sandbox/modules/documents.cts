import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { bool, choice, date, field, longText, parent, recordName, ref, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const fileField = (name: string, label: string) =>
	field(name, 'file_ref', label, { size: 255, dbType: 'varchar' });
const mimeType = (name: string) =>
	field(name, 'varchar', 'Mime Type', { len: 100, editable: false });

const noteFields: Fields = {
	...systemFields(),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...parent('Related to'),
	...ref('contact', 'Contact', { model: 'Contact' }),
	...ref('account', 'Account', { model: 'Account' }),
	...bool('portal_flag', 'Display in Portal?', { required: true }),
	...bool('email_attachment', 'Email Attachment', { required: true }),
	...fileField('filename', 'Attachment'),
	...mimeType('file_mime_type'),
	...longText('description', 'Note'),
};

export const note: ModuleDefinition = {
	model: 'Note',
	module: 'Notes',
	label: 'Notes',
	fields: noteFields,
	filters: {
		...standardFilters(),
		...plainFilters(noteFields, 'Notes', ['name', 'portal_flag', 'parent', 'contact']),
	},
	links: {},
	listFields: ['name', 'id', 'parent', 'filename'],
	nameField: 'name',
	duplicateKeys: [],
};

const documentFields: Fields = {
	...systemFields(),
	...recordName('document_name', 'Document Name', 255, { unified_search: true }),
	...choice('category_id', 'Category', ['Marketing', 'Knowledge Base', 'Sales', 'Contract']),
	...choice('status_id', 'Status', ['Active', 'Draft', 'FAQ', 'Expired', 'Under Review'], {
		default: 'Active',
	}),
	...date('active_date', 'Publish Date'),
	...date('exp_date', 'Expiration Date'),
	...fileField('revision_filename', 'File'),
	...ref('document_revision', 'Latest Revision', {
		model: 'DocumentRevision',
		facts: { editable: false },
	}),
	...longText('description', 'Description'),
};

export const document: ModuleDefinition = {
	model: 'Document',
	module: 'Documents',
	label: 'Documents',
	fields: documentFields,
	filters: {
		...standardFilters(),
		...plainFilters(documentFields, 'Documents', ['document_name', 'category_id', 'status_id']),
	},
	links: {
		revisions: { kind: 'reference', model: 'DocumentRevision', column: 'document_id' },
		accounts: { kind: 'join', model: 'Account', table: 'documents_accounts' },
		contacts: { kind: 'join', model: 'Contact', table: 'documents_contacts' },
	},
	listFields: ['document_name', 'id', 'category_id', 'status_id'],
	nameField: 'document_name',
	duplicateKeys: [['document_name']],
};

const revisionFields: Fields = {
	...systemFields(),
	...ref('document', 'Document', { model: 'Document', facts: { required: true } }),
	...text('revision', 'Revision', 25),
	...fileField('filename', 'File'),
	...mimeType('file_mime_type'),
	...text('change_log', 'Change Log', 255),
};

export const documentRevision: ModuleDefinition = {
	model: 'DocumentRevision',
	module: 'DocumentRevisions',
	label: 'Document Revisions',
	fields: revisionFields,
	filters: {
		...standardFilters(),
		...plainFilters(revisionFields, 'DocumentRevisions', ['document', 'filename']),
	},
	links: {},
	listFields: ['filename', 'id', 'revision'],
	nameField: 'filename',
	duplicateKeys: [],
};
