import { resources } from '../../../nodes/OneCrm/actions';
import { changing } from './changing.cts';
import { creating, readingToCreate } from './creating.cts';
import type { FaultedOperation } from './operation.cts';
import { loggingIn, reading } from './reading.cts';
import { selling } from './selling.cts';

/** Every operation of the action node, with each kind of request that it sends. */
export const operations: FaultedOperation[] = [
	...loggingIn,
	...reading,
	...readingToCreate,
	...changing,
	...creating,
	...selling,
];

/** As the editor names it, with the step in brackets: `Record: Create or Update (looking up)`. */
export function operationName({ resource, operation, step }: FaultedOperation): string {
	const { name, operations: own } = resources[resource];
	return `${name}: ${own[operation].option.name}${step === undefined ? '' : ` (${step})`}`;
}
