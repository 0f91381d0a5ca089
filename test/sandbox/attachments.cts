import type { FileStore } from './file-store.cts';
import type { FieldFacts, ModuleDefinition } from './modules/definition.cts';
import type { Store, StoredRecord } from './store.cts';

export const isFileField = (field: FieldFacts) => ['file_ref', 'image'].includes(field.type);

/** Makes a document revision; the caller knows how records are created. */
type CreateRevision = (values: Record<string, unknown>) => string;

/**
 * Writes a file field: the id of an upload attaches that file, an empty value detaches it. An id that was
 * already used, or never issued, leaves the field empty. A document refers to its latest revision.
 */
export function writeFile(
	files: FileStore,
	definition: ModuleDefinition,
	row: StoredRecord,
	name: string,
	value: unknown,
	createRevision: CreateRevision,
): void {
	const field = definition.fields[name];
	// A record written back as it was read keeps its file.
	if (value === row[name]) return;
	if (definition.model === 'Document') {
		if (isUpload(value)) createRevision({ filename: value, document_id: row.id });
		return;
	}
	const file = isUpload(value) ? files.take(value) : undefined;
	if (file) files.attach(row.id, file);
	else files.detach(row.id);
	if (field.type === 'image') {
		row[name] = file ? `files/images/photos/${file.name}` : null;
		row[`${name}_filename`] = file?.name ?? null;
		row[`${name}_thumb`] = file ? `thumb_${file.name}` : null;
	} else {
		row[name] = file?.name ?? null;
		if ('file_mime_type' in definition.fields) row.file_mime_type = file?.mimeType ?? null;
	}
}

/** Makes a new revision the latest one of its document. */
export function linkRevision(store: Store, revision: StoredRecord): void {
	const document = store.live('Document', revision.document_id ?? '');
	if (!document) return;
	document.document_revision_id = revision.id;
	document.revision_filename = revision.filename;
}

function isUpload(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('INCOMING~');
}
