import type { Resource } from '../operation';
import { getPdf } from './getPdf.operation';

export const document: Resource = { name: 'Document', initial: 'getPdf', operations: { getPdf } };
