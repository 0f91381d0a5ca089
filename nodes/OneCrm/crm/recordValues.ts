import type { UploadFile } from './file/upload';
import { uploadFile } from './file/upload';
import type { CrmClient } from './client';
import type { ServerValue } from './value';

/** Values of fields in 1CRM's encoding, by field name. */
export type FieldValues = Record<string, ServerValue>;

/** What is to be written into a record. */
export interface RecordValues {
	data: FieldValues;
	/** Files that are still to be uploaded, by the name of the field that gets them. */
	files: Record<string, UploadFile>;
}

/** Whether nothing is to be written. */
export function isEmpty({ data, files }: RecordValues): boolean {
	return Object.keys(data).length + Object.keys(files).length === 0;
}

/** The same values without those of some fields. */
export function without(values: RecordValues, names: string[]): RecordValues {
	const rest = <Value>(map: Record<string, Value>): Record<string, Value> =>
		Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));
	return { data: rest(values.data), files: rest(values.files) };
}

/**
 * Uploads the files and returns the values with their ids. To be called last, when nothing else can refuse the
 * record, so that no file is uploaded in vain.
 */
export async function uploadFiles(
	crm: CrmClient,
	{ data, files }: RecordValues,
): Promise<FieldValues> {
	const uploaded = { ...data };
	for (const [name, file] of Object.entries(files)) uploaded[name] = await uploadFile(crm, file);
	return uploaded;
}
