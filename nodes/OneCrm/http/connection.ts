import type { INode } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { ErrorDetails } from './errors';
import { CrmError } from './errors';
import type { Failure } from './failure';
import { sentences } from './failure';
import { KeptCredential } from './keptCredential';
import { TimeLimits } from './limits';
import type { LoginError } from './login';
import type { N8nContext } from './types';

/** n8n cannot end a running `sleep`, so a long pause is taken in steps that notice a cancelled execution. */
const STEP_MS = 500;

/** What all requests of one run share: n8n's way to send them, the credential, and when they are cut off. */
export class Connection {
	readonly node: INode;

	readonly credential: KeptCredential;

	readonly limits: TimeLimits;

	/** The log-in that 1CRM refused. It isn't tried again in this run: users get locked out after a few. */
	refusedLogin?: LoginError;

	/** Aborted when the user stops the execution. What isn't an execution cannot be stopped. */
	private readonly cancelled: AbortSignal | undefined;

	constructor(readonly context: N8nContext) {
		this.node = context.getNode();
		this.credential = new KeptCredential(context);
		this.cancelled =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		this.limits = new TimeLimits(this.cancelled);
	}

	/** The error for a failure, with advice that fits: a trigger has no options for its requests, nor has a list in the editor. */
	error(failure: Failure, details?: ErrorDetails): CrmError {
		const { message, description, option, quotation } = failure;
		const hasOptions = 'getInputData' in this.context && !this.node.type.endsWith('Trigger');
		const advice =
			option !== undefined && hasOptions ? `${description}, or ${option}` : description;
		const { secrets } = this.credential;
		const words = { message, description: sentences(advice, quotation) };
		const body = secrets.hideInErrorDeep(details?.body);
		return new CrmError(this.node, secrets.hideInErrorDeep(words), { ...details, body });
	}

	/** Waits, and returns whether the execution still runs afterwards. */
	async pause(milliseconds: number): Promise<boolean> {
		for (let left = milliseconds; left > 0 && !this.cancelled?.aborted; left -= STEP_MS) {
			await sleep(Math.min(left, STEP_MS));
		}
		return !this.cancelled?.aborted;
	}
}
