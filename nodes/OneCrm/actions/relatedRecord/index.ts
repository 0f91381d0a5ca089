import type { Resource } from '../operation';
import { add } from './add.operation';
import { getAll } from './getAll.operation';
import { remove } from './remove.operation';

export const relatedRecord: Resource = {
	name: 'Related Record',
	initial: 'getAll',
	operations: { add, getAll, remove },
};
