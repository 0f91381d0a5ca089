import type { FieldFacts, ModuleDefinition } from './modules/definition.cts';
import type { Store, StoredRecord } from './store.cts';
import type { Variants } from './variants.cts';

/** A record as the API returns it: texts and nulls, and for quotes and invoices their lines. */
export type ViewedRecord = Record<string, unknown>;

/** The currency that every 1CRM has, without a record of its own. */
const BASE_CURRENCY = { id: '-99', label: 'US Dollar: $' };

/** Rows as the API returns them: references by name, and companions beside the requested fields. */
export class RecordView {
	/** The lines of quotes and invoices, by record id. */
	readonly lineItems = new Map<string, object[]>();

	constructor(
		private readonly store: Store,
		private readonly variants: Variants,
	) {}

	/** One field of a row. A reference becomes the name of the record that it points to. */
	value(definition: ModuleDefinition, row: StoredRecord, name: string): string | null {
		const field = definition.fields[name];
		return field?.type === 'ref' ? this.referenceLabel(field, row) : (row[name] ?? null);
	}

	/** What the record is called in lists. */
	label(definition: ModuleDefinition, row: StoredRecord): string | null {
		return row[definition.nameField] ?? null;
	}

	/** What the record is called where another one refers to it. */
	referredLabel(definition: ModuleDefinition, row: StoredRecord): string | null {
		return row[definition.referenceField ?? definition.nameField] ?? null;
	}

	/** Every field of a record. */
	whole(definition: ModuleDefinition, row: StoredRecord): ViewedRecord {
		return this.withLineItems(
			definition,
			row,
			this.pick(definition, row, Object.keys(definition.fields)),
		);
	}

	/** The fields asked for, with the companions 1CRM adds. */
	selected(definition: ModuleDefinition, row: StoredRecord, names: string[]): ViewedRecord {
		const selected = this.pick(definition, row, [...withCompanions(definition, names), 'id']);
		return names.includes('line_items') ? this.withLineItems(definition, row, selected) : selected;
	}

	/** The view of a list's rows: thin unless fields are asked for. */
	listed(definition: ModuleDefinition, names: string[]): (row: StoredRecord) => ViewedRecord {
		const isThin = names.length === 0;
		const wanted = isThin
			? definition.listFields
			: [...withCompanions(definition, names), 'id', ...nameParts(definition)];
		const columns = [...new Set(wanted)];
		const hasLines = isThin || names.includes('line_items');
		return (row) => {
			const listed = this.pick(definition, row, columns);
			listed._display = this.label(definition, row);
			return hasLines ? this.withLineItems(definition, row, listed) : listed;
		};
	}

	private pick(definition: ModuleDefinition, row: StoredRecord, names: string[]): ViewedRecord {
		const picked: ViewedRecord = {};
		for (const name of names) {
			if (Object.hasOwn(definition.fields, name)) picked[name] = this.shown(definition, row, name);
		}
		return picked;
	}

	private shown(definition: ModuleDefinition, row: StoredRecord, name: string): string | null {
		const value = this.value(definition, row, name);
		if (definition.fields[name].type !== 'bool' || value === null) return value;
		const [yes, no] = this.variants.switches.split('/');
		return value === '1' ? yes : no;
	}

	private withLineItems(definition: ModuleDefinition, row: StoredRecord, view: ViewedRecord) {
		if (hasLineItems(definition)) view.line_items = this.lineItems.get(row.id) ?? [];
		return view;
	}

	private referenceLabel(field: FieldFacts, row: StoredRecord): string | null {
		const id = row[field.id_name ?? ''];
		if (!id) return null;
		if (field.bean_name === 'Currency' && id === BASE_CURRENCY.id) return BASE_CURRENCY.label;
		const model =
			field.bean_name ?? this.store.modelOfModule(row[field.dynamic_module ?? ''] ?? '');
		const target = model === undefined ? undefined : this.store.live(model, id);
		if (!target || !model) return null;
		return this.referredLabel(this.store.table(model).definition, target);
	}
}

/** Whether the module's records have lines, which come along unasked. */
const hasLineItems = (definition: ModuleDefinition) =>
	['Quote', 'Invoice'].includes(definition.model);

/** Whether there is a column of that name. */
export function isKnownField(definition: ModuleDefinition, name: string): boolean {
	return (
		Object.hasOwn(definition.fields, name) ||
		name === '_display' ||
		(name === 'line_items' && hasLineItems(definition))
	);
}

function nameParts({ fields, nameField }: ModuleDefinition): string[] {
	return [nameField, ...(fields[nameField].source.fields ?? [])];
}

function withCompanions({ fields }: ModuleDefinition, names: string[]): string[] {
	return names.flatMap((name) => {
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (field?.type === 'ref' && field.id_name) return [name, field.id_name];
		if (field?.type === 'currency') return [name, 'currency_id', 'currency', 'exchange_rate'];
		return [name];
	});
}
