import type { Resource } from '../operation';
import { count } from './count.operation';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { erasePersonal } from './erasePersonal.operation';
import { get } from './get.operation';
import { getChanges } from './getChanges.operation';
import { search } from './search.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const record: Resource = {
	name: 'Record',
	initial: 'search',
	operations: {
		count,
		create,
		upsert,
		delete: deleteOperation,
		erasePersonal,
		get,
		getChanges,
		search,
		update,
	},
};
