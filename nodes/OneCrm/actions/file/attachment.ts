import { UserError } from 'n8n-workflow';

import type { FileOwnerField } from '../../crm/attachment';
import { checkRequiredFields } from '../../crm/record';
import { encodeFields } from '../../item/encodeFields';
import type { Item } from '../../item/item';
import { documentLocator } from '../../item/locators';
import { readPairsMap } from '../../item/pairs';
import { attachFields, attachTo, ATTACHMENTS } from './attachment.properties';

/** The module that a new record is made in, its field for the file, and the one for its name. */
const NEW_RECORDS = {
	document: { module: 'Document', field: 'revision_filename', nameField: 'document_name' },
	note: { module: 'Note', field: 'filename', nameField: 'name' },
	revision: { module: 'DocumentRevision', field: 'filename' },
};

/**
 * What an uploaded file is to be attached to, or `undefined` for nothing. To be called before the
 * upload: throws a `UserError` for everything that would keep the file from being attached, as far as the
 * metadata say.
 */
export async function readAttachment(
	item: Item,
	fileName: string,
): Promise<FileOwnerField | undefined> {
	const target = item.oneOf(attachTo, ATTACHMENTS, 'none');
	if (target === 'none') return undefined;
	if (target === 'record') return await readRecordField(item);

	const { module, field, ...made } = NEW_RECORDS[target];
	const { fields } = await item.crm.metadata(module);
	const values = readPairsMap(item, attachFields);
	if ('nameField' in made) values[made.nameField] = item.text('attachName') || fileName;
	if (target === 'revision') values.document_id = item.recordId(documentLocator);
	const data = encodeFields(item, module, fields, values);
	await checkRequiredFields(item.crm, module, { data: { ...data, [field]: fileName }, files: {} });
	return { module, field, data };
}

/** The record or the document that an uploaded file is attached to, if it is there already. */
export function attachmentTargets(item: Item): string[] {
	const target = item.oneOf(attachTo, ATTACHMENTS, 'none');
	if (target === 'record') return [item.recordId()];
	return target === 'revision' ? [item.recordId(documentLocator)] : [];
}

async function readRecordField(item: Item): Promise<FileOwnerField> {
	const { module, id: recordId } = item.record();
	const name = item.text('fileField');
	if (name === '') throw new UserError("'File Field' is empty. Choose a field of the module");
	const { fields } = await item.crm.metadata(module);
	const field = fields.get(name);
	if (field?.kind !== 'file' || !field.writable) {
		throw new UserError(
			`'File Field' cannot be "${name}": ${module} has no such file or image field`,
		);
	}
	return { module, recordId, field: name, data: {} };
}
