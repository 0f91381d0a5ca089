import { ApiError } from './errors.cts';

/** How much a server can do at once. */
export interface Capacity {
	/** So many requests are answered at full pace. More of them slow each other down in proportion. */
	room: number;
	/** It refuses any more than these. */
	most: number;
	/** The status of the refusal. */
	refusal: 429 | 503;
}

export const UNLIMITED: Capacity = { room: Infinity, most: Infinity, refusal: 503 };

/** How many times as long a request takes that is one of `underWay`. */
export function slowdown({ room }: Capacity, underWay: number): number {
	return Math.max(1, underWay / room);
}

/** Throws if the server has too much to do already. */
export function refuseExcess({ most, refusal }: Capacity, underWay: number): void {
	if (underWay > most) throw new ApiError(refusal, 'Too many requests');
}
