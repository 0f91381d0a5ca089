import { type FaultTarget, isTarget } from './faults.cts';

interface Gathering {
	target: FaultTarget;
	count: number;
	/** How many requests that match are still let through first. */
	spared: number;
	waiting: Array<() => void>;
}

/** Holds requests at the door until as many as expected stand there, however slow the machine is. */
export class Gate {
	private gatherings: Gathering[] = [];

	/** Lets the next `count` requests that match in together, when the last of them has come. */
	gather(count: number, target: FaultTarget = {}): void {
		this.gatherings.push({ target, count, spared: target.after ?? 0, waiting: [] });
	}

	/** Lets in whoever still waits, and holds no one any more. */
	open(): void {
		const waiting = this.gatherings.flatMap((gathering) => gathering.waiting);
		this.gatherings = [];
		for (const letIn of waiting) letIn();
	}

	/** Resolves when the request may come in. */
	async pass(method: string, path: string): Promise<void> {
		const gathering = this.gatherings.find(({ target }) => isTarget(target, method, path));
		if (!gathering) return;
		if (gathering.spared > 0) {
			gathering.spared--;
			return;
		}
		const turn = new Promise<void>((resolve) => gathering.waiting.push(resolve));
		if (gathering.waiting.length >= gathering.count) {
			this.gatherings = this.gatherings.filter((other) => other !== gathering);
			for (const letIn of gathering.waiting) letIn();
		}
		await turn;
	}
}
