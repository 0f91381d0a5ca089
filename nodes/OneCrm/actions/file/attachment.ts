import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeFields } from '../../field/mappedFields';
import { loadMetadata } from '../../field/metadata';
import type { FileOwnerField } from '../../file/owner';
import { readModuleName } from '../../module/locator';
import { documentLocator, readRecordId } from '../../record/locator';
import { checkRequiredFields } from '../../record/write';
import { readTimeout } from '../options';
import { readPairs } from '../pairs';
import type { AttachTo } from './attachment.properties';
import { ATTACHMENTS } from './attachment.properties';

/** The module that a new record is made in, its field for the file, and the one for its name. */
const NEW_RECORDS = {
	document: { module: 'Document', field: 'revision_filename', nameField: 'document_name' },
	note: { module: 'Note', field: 'filename', nameField: 'name' },
	revision: { module: 'DocumentRevision', field: 'filename' },
};

/**
 * What an uploaded file is to be attached to for an item, or `undefined` for nothing. To be called before the
 * upload: throws a `UserError` for everything that would keep the file from being attached, as far as the
 * metadata tells.
 */
export async function readAttachment(
	context: IExecuteFunctions,
	itemIndex: number,
	fileName: string,
): Promise<FileOwnerField | undefined> {
	const attachTo = readAttachTo(context, itemIndex);
	if (attachTo === 'none') return undefined;
	if (attachTo === 'record') return await readRecordField(context, itemIndex);

	const { module, field, ...made } = NEW_RECORDS[attachTo];
	const { fields } = await loadMetadata(context, module, readTimeout(context, itemIndex));
	const values = readMoreFields(context, itemIndex);
	if ('nameField' in made) values[made.nameField] = readName(context, itemIndex) || fileName;
	if (attachTo === 'revision') {
		values.document_id = readRecordId(context, itemIndex, documentLocator);
	}
	const data = encodeFields(context, module, fields, values);
	await checkRequiredFields(context, module, { ...data, [field]: fileName });
	return { module, field, data };
}

function readAttachTo(context: IExecuteFunctions, itemIndex: number): AttachTo {
	const value = String(context.getNodeParameter('attachTo', itemIndex, 'none'));
	const attachTo = ATTACHMENTS.find((name) => name === value);
	if (attachTo === undefined) throw new UserError(`'Attach To' cannot be "${value}"`);
	return attachTo;
}

async function readRecordField(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<FileOwnerField> {
	const module = readModuleName(context, itemIndex);
	const recordId = readRecordId(context, itemIndex);
	const name = String(context.getNodeParameter('fileField', itemIndex, '') ?? '').trim();
	if (name === '') throw new UserError("'File Field' is empty. Choose a field of the module");
	const { fields } = await loadMetadata(context, module, readTimeout(context, itemIndex));
	const field = fields.get(name);
	if (field?.kind !== 'file' || !field.writable) {
		throw new UserError(`'File Field' cannot be "${name}": ${module} has no such file or image`);
	}
	return { module, recordId, field: name, data: {} };
}

function readName(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('attachName', itemIndex, '') ?? '').trim();
}

function readMoreFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const pairs = readPairs(context, itemIndex, 'attachFields.fields');
	return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}
