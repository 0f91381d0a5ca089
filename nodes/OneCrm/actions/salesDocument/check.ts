import type { Check, DocumentOutput } from '../../crm/salesDocument/output';
import type { Item } from '../../item/item';

/** Shows a hint if the total of a document in 1CRM differs from that of the node. */
export function addCheckHint(
	item: Item,
	{ module, id, total, ...rest }: DocumentOutput & Check,
): void {
	if (rest.check !== 'different') return;
	const name = `${module} "${id}": ${String(total)} here, ${String(rest.checkTotal)} in 1CRM`;
	item.addHintOnce([name], (names) => `The total differs from that of 1CRM: ${names}`);
}
