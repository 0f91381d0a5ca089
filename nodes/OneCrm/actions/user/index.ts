import type { Resource } from '../operation';
import { getMe } from './getMe.operation';

export const user: Resource = { name: 'User', initial: 'getMe', operations: { getMe } };
