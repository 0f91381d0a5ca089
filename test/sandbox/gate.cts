import { type FaultTarget, isTarget } from './faults.cts';

/** Whether requests are held before the work, or their answers after it. */
type Side = 'request' | 'answer';

interface Gathering {
	side: Side;
	target: FaultTarget;
	/** How many have to come before all are let through. */
	count: number;
	/** How many that match are still let through first. */
	spared: number;
	/** How many that match are still held. */
	left: number;
	waiting: Array<() => void>;
}

/** Holds requests or answers at the door until as many as expected stand there, however slow the machine is. */
export class Gate {
	private gatherings: Gathering[] = [];

	/** How many wait at the door. */
	get held(): number {
		return this.gatherings.reduce((sum, { waiting }) => sum + waiting.length, 0);
	}

	/** Lets the next `count` that match through together, when the last of them has come. */
	gather(count: number, target: FaultTarget = {}, side: Side = 'request'): void {
		const { after: spared = 0, times: left = Infinity } = target;
		this.gatherings.push({ side, target, count, spared, left, waiting: [] });
	}

	/** Lets through whoever still waits, and holds no one any more. */
	open(): void {
		const waiting = this.gatherings.flatMap((gathering) => gathering.waiting);
		this.gatherings = [];
		for (const letThrough of waiting) letThrough();
	}

	/** Resolves when the request, or its answer, may go on. */
	async pass(method: string, path: string, side: Side): Promise<void> {
		const gathering = this.gatherings.find(
			(one) => one.side === side && one.left > 0 && isTarget(one.target, method, path),
		);
		if (!gathering) return;
		if (gathering.spared > 0) {
			gathering.spared--;
			return;
		}
		gathering.left--;
		const turn = new Promise<void>((resolve) => gathering.waiting.push(resolve));
		if (gathering.waiting.length >= gathering.count) {
			this.gatherings = this.gatherings.filter((other) => other !== gathering);
			for (const letThrough of gathering.waiting) letThrough();
		}
		await turn;
	}
}
