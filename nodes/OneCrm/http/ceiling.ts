/** So many answers, times the width that the server had allowed, raise it by one again. */
const FORGIVEN = 50;

/** How wide a run may become: what the server has refused isn't tried again until enough answers have come. */
export class Ceiling {
	width: number;

	private answersSinceRefusal = 0;

	constructor(private readonly highest: number) {
		this.width = highest;
	}

	lowerTo(width: number): void {
		this.width = width;
		this.answersSinceRefusal = 0;
	}

	countAnswer(): void {
		if (++this.answersSinceRefusal < FORGIVEN * this.width) return;
		this.answersSinceRefusal = 0;
		this.width = Math.min(this.highest, this.width + 1);
	}
}
