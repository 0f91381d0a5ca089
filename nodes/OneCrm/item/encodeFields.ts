import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeValue } from '../crm/codec';
import type { Field, ModuleMetadata } from '../crm/metadata';
import type { FieldValues } from '../crm/recordValues';
import type { Item } from './item';

interface EncodeOptions {
	isWritable?: (name: string) => boolean;
	/** Whether nobody chose the fields: what the input has is taken as far as possible. */
	isAutomatic?: boolean;
}

/**
 * Values of the fields of a module in 1CRM's encoding. Absent values are left out, and so are empty ones of a switch,
 * which has no state for "nothing". Throws a `UserError` for a field that the module does not have or that 1CRM is
 * known to work out itself, and for a value that it can't contain.
 *
 * Hints tell of what 1CRM may not keep: a value for a field that its metadata mark as read-only, and, in input that
 * nobody typed, a value that the list of the field no longer contains.
 */
export function encodeFields(
	item: Item,
	module: string,
	fields: ModuleMetadata['fields'],
	values: IDataObject,
	{
		isWritable = (name) => fields.get(name)?.writable === true,
		isAutomatic = false,
	}: EncodeOptions = {},
): FieldValues {
	const encoded: FieldValues = {};
	const readOnly: string[] = [];
	const unlisted: string[] = [];
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		const field = fields.get(name);
		if (field === undefined) {
			throw new UserError(
				`${module} has no field "${name}". The Field > Get Many operation lists them`,
			);
		}
		if (field.kind === 'boolean' && String(value ?? '').trim() === '') continue;
		if (!isWritable(name)) {
			if (field.computed) {
				throw new UserError(
					`'${field.label}' (${name}) of ${module} cannot be written${writtenAs(field)}`,
				);
			}
			readOnly.push(name);
		}
		const onUnlisted = isAutomatic ? () => void unlisted.push(name) : undefined;
		encoded[name] = encodeValue(field, value, item.timezone, onUnlisted);
	}
	item.addHintOnce(
		readOnly,
		(names) =>
			`Sent, although ${module} marks these fields as read-only, so 1CRM may ignore the values: ${names}`,
	);
	item.addHintOnce(
		unlisted,
		(names) => `Written unchanged, although ${module} doesn't list this value any more: ${names}`,
	);
	return encoded;
}

function writtenAs(field: Field): string {
	return field.type === 'ref' ? ': write the ID into the field that belongs to it instead' : '';
}
