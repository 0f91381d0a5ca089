import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const module: Resource = { name: 'Module', initial: 'getAll', operations: { getAll } };
