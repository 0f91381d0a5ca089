import type { Resource } from '../operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';

export const activity: Resource = {
	name: 'Activity',
	initial: 'create',
	operations: { create, getAll },
};
