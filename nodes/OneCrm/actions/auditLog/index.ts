import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const auditLog: Resource = {
	name: 'Audit Log',
	initial: 'getAll',
	operations: { getAll },
};
