import type { FieldFacts } from './modules/definition.cts';
import { isNumeric, timestamp } from './values.cts';
import type { Variants } from './variants.cts';

export const SEPARATOR = '^,^';

const ISO_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** A value as a server with these variants accepts it. Undocumented forms become documented ones. */
export function takenValue(field: FieldFacts, value: unknown, variants: Variants): unknown {
	if (field.type === 'multienum' && Array.isArray(value) && variants.multiSelectArrays) {
		return value.join(SEPARATOR);
	}
	if (variants.htmlEntities === 'stored' && typeof value === 'string' && isText(field)) {
		return withEntities(value);
	}
	const isIso = field.type === 'datetime' && ISO_DATE_TIME.test(String(value));
	return isIso && variants.isoDateTimes === 'kept' ? timestamp(new Date(String(value))) : value;
}

const isText = ({ type }: FieldFacts): boolean =>
	!['bool', 'date', 'datetime', 'id'].includes(type) && !isNumeric(type);

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#039;',
};

/** A text as PHP's `htmlspecialchars` writes it. */
export const withEntities = (text: string): string =>
	text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

/** Whether a server with these variants doesn't accept the value for clearing a reference. */
export function isLeftAlone(
	field: FieldFacts,
	value: unknown,
	{ referenceClearedBy }: Variants,
): boolean {
	if (field.for_ref === undefined || referenceClearedBy === 'either') return false;
	return value === (referenceClearedBy === 'null' ? '' : null);
}
