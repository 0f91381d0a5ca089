import { resources } from '../../nodes/OneCrm/actions';
import { operationName, operations } from './operations/operations.cts';

it('strikes every operation of the action node', () => {
	const all = Object.entries(resources).flatMap(([resource, { operations: own }]) =>
		Object.keys(own).map((operation) => `${resource}.${operation}`),
	);
	const struck = operations.map(({ resource, operation }) => `${resource}.${operation}`);
	expect([...new Set(struck)].sort()).toEqual(all.sort());
});

it('names each differently', () => {
	const names = operations.map(operationName);
	expect(new Set(names).size).toBe(names.length);
	expect(names).toContain('Record: Create or Update (looking up)');
});
