import type { Resource } from '../operation';
import { addPaymentOperation } from './addPayment.operation';
import { create } from './create.operation';
import { get } from './get.operation';

export const salesDocument: Resource = {
	name: 'Sales Document',
	initial: 'create',
	operations: { addPayment: addPaymentOperation, create, get },
};
