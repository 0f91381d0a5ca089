import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../http/json';
import type { CrmClient } from './client';

/** A module of 1CRM. `name` is what the API calls it, e.g. `aCase`; `label` is what people call it. */
export interface OneCrmModule extends IDataObject {
	name: string;
	label: string;
}

const LIST_KEYS = ['list', 'modules', 'records'];
/** `module` is the plural in an entry that has a `primary_model`. */
const MODEL_KEYS = ['primary_model', 'primary_bean', 'model', 'model_name', 'bean_name', 'bean'];
/** Names that may differ from the model's: `module` is mostly its plural. */
const OTHER_NAME_KEYS = ['name', 'id', 'module'];
const LABEL_KEYS = ['label', 'vname', 'plural', 'title'];

/** The modules that the user of the credential can see. Throws a `CrmError` for an answer without a list of them. */
export async function fetchModules(crm: CrmClient): Promise<OneCrmModule[]> {
	const answer = await crm.http.json({ method: 'GET', path: 'meta/modules' });
	const modules = readModules(answer);
	if (modules.length > 0 || listKeyOf(answer) !== undefined) return modules;
	throw crm.http.error({ message: '1CRM answered without a list of modules' });
}

function listKeyOf(answer: IDataObject): string | undefined {
	return LIST_KEYS.find((name) => answer[name] !== undefined);
}

/**
 * Reads the answer of `/meta/modules`.
 *
 * It is known that the modules are under `list`, but not what shape an entry has: names, objects and a map of name to
 * label or object are all read. Entries without a name are left out.
 */
export function readModules(answer: IDataObject): OneCrmModule[] {
	const key = listKeyOf(answer);
	const list: unknown = key === undefined ? answer : answer[key];
	const entries = Array.isArray(list)
		? list.map((entry) => readModule(undefined, entry))
		: Object.entries(isJsonObject(list) ? list : {}).map(([name, entry]) =>
				readModule(name, entry),
			);
	return entries.filter((entry) => entry !== undefined);
}

function readModule(mapKey: string | undefined, entry: unknown): OneCrmModule | undefined {
	// PHP writes a list with gaps as a map of positions.
	const key = mapKey !== undefined && /^\d+$/.test(mapKey) ? undefined : mapKey;
	if (typeof entry === 'string') {
		const name = key ?? entry;
		return name === '' ? undefined : { name, label: entry };
	}
	if (!isJsonObject(entry)) return undefined;
	const name = firstText(entry, MODEL_KEYS) ?? key ?? firstText(entry, OTHER_NAME_KEYS);
	if (name === undefined) return undefined;
	return { ...entry, name, label: firstText(entry, LABEL_KEYS) ?? name };
}

function firstText(entry: IDataObject, keys: string[]): string | undefined {
	const key = keys.find((name) => typeof entry[name] === 'string' && entry[name] !== '');
	return key === undefined ? undefined : String(entry[key]);
}
