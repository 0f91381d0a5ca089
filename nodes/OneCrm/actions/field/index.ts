import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const field: Resource = { name: 'Field', initial: 'getAll', operations: { getAll } };
