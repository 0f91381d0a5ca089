import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const calendarEvent: Resource = {
	name: 'Calendar Event',
	initial: 'getAll',
	operations: { getAll },
};
