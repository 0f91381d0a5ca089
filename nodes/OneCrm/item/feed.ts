import type { Feed } from '../crm/readAtOnce';
import { isJsonObject } from '../http/json';
import { readMappingMode } from './fields';
import { Item } from './item';
import { containsExpression } from './run';

/**
 * What the items of a run look for by these columns, as far as it can be known without evaluating the expressions of
 * each. `names` are the fields that this item writes.
 */
export function readFeed(
	item: Item,
	module: string,
	columns: string[],
	names: string[] = [],
): Feed {
	const { run } = item;
	const items = run.inputs
		.map((_, index) => new Item(run, index))
		.filter((other) => isOfModule(other, module));
	const { fields, ...looking } =
		readMappingMode(item) === 'autoMapInputData'
			? inputFeed(items, columns)
			: definedFeed(item, items.length, columns);
	return {
		...looking,
		fields: [...new Set([...names, ...fields])],
		onRead: (readModule, records, pages) => {
			const inPages = pages === 1 ? 'one page' : `${pages} pages`;
			item.addHintOnce(
				[`${readModule} by ${columns.join()}`],
				() =>
					`Instead of up to ${looking.lookups} lookups, one for each record, ${inPages} with ${records} records of ${readModule} were read`,
			);
		},
	};
}

type Looking = Pick<Feed, 'common' | 'fields' | 'lookups'>;

function isOfModule(item: Item, module: string): boolean {
	try {
		return item.module() === module;
	} catch {
		return false;
	}
}

function inputFeed(items: Item[], columns: string[]): Looking {
	const records = items.map(({ input }) => input.json);
	const valuesOf = (names: string[]): Set<string> =>
		new Set(records.map((json) => JSON.stringify(names.map((name) => json[name]))));
	return {
		lookups: valuesOf(columns).size,
		common: columns.filter((name) => valuesOf([name]).size === 1),
		fields: [...new Set(records.flatMap((json) => Object.keys(json)))],
	};
}

function definedFeed({ run }: Item, count: number, columns: string[]): Looking {
	const written = run.writtenParameter('fields.value', null);
	const values = isJsonObject(written) ? written : {};
	const common = columns.filter((name) => name in values && !containsExpression(values[name]));
	return {
		lookups: common.length === columns.length ? 1 : count,
		common,
		fields: Object.keys(values),
	};
}
