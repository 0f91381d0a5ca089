import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, isNotFound } from '../../http/errors';
import type { CrmClient } from '../client';
import type { ModuleMetadata } from '../metadata';
import type { FieldValues } from '../recordValues';
import type { ServerValue } from '../value';

/** 1CRM's modules with lines, whether it lists them or not. */
export const DOCUMENT_MODULES = [
	'Quote',
	'SalesOrder',
	'Invoice',
	'PurchaseOrder',
	'Bill',
	'CreditNote',
	'Shipping',
	'Receiving',
];

/** The header's amounts, which follow from the lines: nobody enters them. */
const COMPUTED = ['amount', 'amount_due', 'pretax', 'subtotal'];

/** Whether a field of a header is calculated from the lines, or is the copy of such a field in the base currency. */
export function isComputedField(name: string): boolean {
	return COMPUTED.includes(name.replace(/_usd(ollar)?$/, ''));
}

export const PART_KINDS = ['LineGroup', 'Line', 'Comment', 'Adjustment'] as const;

export type PartKind = (typeof PART_KINDS)[number];

const LINKS: Record<PartKind, string> = {
	LineGroup: 'line_groups_link',
	Line: 'lines_link',
	Comment: 'comments_link',
	Adjustment: 'adjustments_link',
};

/** A kind of rows of a document. Each kind is a module of its own. */
export interface Part {
	module: string;
	/** From the document to these rows. */
	link: string;
	/** The field that contains the document's id. */
	column: string;
	metadata: ModuleMetadata;
}

/** A kind of document, as this server has it. */
export interface DocumentModel {
	module: string;
	metadata: ModuleMetadata;
	parts: Record<PartKind, Part>;
	/** The field that numbers the documents, if there is one. */
	numberField?: string;
}

/**
 * How a kind of document is built. Its columns are read from metadata, so that any module of the same build works.
 *
 * Throws a `UserError` for a module without lines.
 */
export async function documentModel(crm: CrmClient, module: string): Promise<DocumentModel> {
	const metadata = await crm.metadata(module);
	const parts = {} as Record<PartKind, Part>;
	const partsMetadata = await Promise.all(
		PART_KINDS.map(async (kind) => await partMetadata(crm, module, `${module}${kind}`)),
	);
	const lineColumn = referenceTo(module, partsMetadata[PART_KINDS.indexOf('Line')]);
	for (const [index, kind] of PART_KINDS.entries()) {
		const own = partsMetadata[index];
		const column = kind === 'LineGroup' ? 'parent_id' : (referenceTo(module, own) ?? lineColumn);
		if (column === undefined) {
			throw new UserError(`1CRM doesn't say which field of ${module}Line contains the ${module}`);
		}
		parts[kind] = { module: `${module}${kind}`, link: LINKS[kind], column, metadata: own };
	}
	const numberField = [...metadata.fields.values()].find(({ type }) => type === 'sequence_number');
	return { module, metadata, parts, numberField: numberField?.name };
}

/** The field that contains the id of a document. */
function referenceTo(document: string, { fields }: ModuleMetadata): string | undefined {
	return [...fields.values()].find(({ target, type }) => target === document && type !== 'ref')
		?.name;
}

async function partMetadata(
	crm: CrmClient,
	document: string,
	module: string,
): Promise<ModuleMetadata> {
	try {
		return await crm.metadata(module);
	} catch (error) {
		throw withoutLines(crm, document, module, error);
	}
}

/** An unknown module is a 404. Any other failure stays what it is. */
function withoutLines(crm: CrmClient, document: string, part: string, error: unknown): Error {
	return isNotFound(error)
		? new UserError(`${document} isn't a module with lines: 1CRM has no ${part}`)
		: asNodeError(crm.http.node, error);
}

/** The number that people know a document by, e.g. `Q-17`, from its record. */
export function documentNumber({ numberField }: DocumentModel, record: IDataObject): string | null {
	const number = numberField === undefined ? undefined : record[numberField];
	if (number === undefined || number === null || number === '') return null;
	return `${String(record.prefix ?? '')}${String(number)}`;
}

/** The values for which the module has a field. */
export function knownValues(
	{ fields }: ModuleMetadata,
	values: Record<string, ServerValue | undefined>,
): FieldValues {
	const known: FieldValues = {};
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined && fields.has(name)) known[name] = value;
	}
	return known;
}
