import type { Field, ModuleMetadata } from '../../../../../../nodes/OneCrm/crm/metadata';
import {
	type DocumentModel,
	PART_KINDS,
	type PartKind,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/model';

/** Has every field. */
class EveryField extends Map<string, Field> {
	override has(): boolean {
		return true;
	}
}

const LINKS: Record<PartKind, string> = {
	...{ LineGroup: 'groups', Line: 'lines', Comment: 'comments', Adjustment: 'adjustments' },
};

const empty = () => ({ required: [], filters: new Map(), audited: new Set<string>() });

/** Metadata of a module that has every field. */
export const everyField: ModuleMetadata = { fields: new EveryField(), ...empty() };

/** Metadata of a module with fields of these names. */
export function withFields(...names: string[]): ModuleMetadata {
	const field = (name: string): Field => ({
		...{ name, label: name, type: 'varchar', kind: 'text', options: [] },
		...{ writable: true, computed: false, requiredForCreate: false },
		...{ sortable: true, personal: false },
	});
	return { fields: new Map(names.map((name) => [name, field(name)])), ...empty() };
}

/** A kind of document whose modules have every field, but for those of which something else is said. */
export function modelOf(
	module: string,
	metadata: Partial<Record<PartKind | 'header', ModuleMetadata>> = {},
): DocumentModel {
	const { header = everyField } = metadata;
	const parts = Object.fromEntries(
		PART_KINDS.map((kind) => [
			kind,
			{
				module: `${module}${kind}`,
				link: LINKS[kind],
				column: kind === 'LineGroup' ? 'parent_id' : 'document_id',
				metadata: metadata[kind] ?? everyField,
			},
		]),
	) as DocumentModel['parts'];
	return { module, metadata: header, parts, numberField: 'number' };
}
