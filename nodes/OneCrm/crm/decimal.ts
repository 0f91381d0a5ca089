const FORM = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d{1,3}))?$/i;

/** Longer numbers than this aren't amounts, and would take time to calculate with. */
const LONGEST_TEXT = 100;

/**
 * An exact decimal number: `units` divided by ten to the power of `scale`. Amounts must never pass through binary
 * floats, in which 3 × 0.1 isn't 0.3.
 */
export class Decimal {
	static readonly ZERO = new Decimal(0n, 0);

	private constructor(
		private readonly units: bigint,
		private readonly scale: number,
	) {}

	/**
	 * Reads a number, or a text in the form of one (`12.50`, `-3`, `.5`, `1e-7`). Returns `undefined` for everything
	 * else: an empty text, separators between thousands, a decimal comma.
	 */
	static parse(value: unknown): Decimal | undefined {
		if (typeof value === 'bigint') return new Decimal(value, 0);
		if (typeof value !== 'number' && typeof value !== 'string') return undefined;
		const text = String(value).trim();
		const parts = text.length <= LONGEST_TEXT ? FORM.exec(text) : null;
		if (parts === null) return undefined;
		const [, sign, whole = '', fraction = '', bareFraction = '', exponent = 0] = parts;
		const decimals = fraction + bareFraction;
		const units = BigInt(`${sign}${whole}${decimals}`);
		return Decimal.ofUnits(units, decimals.length - Number(exponent));
	}

	/** `units` of 10^-`decimals`: 1250 with 2 decimals is 12.50. */
	static ofUnits(units: bigint, decimals: number): Decimal {
		return decimals < 0
			? new Decimal(units * powerOfTen(-decimals), 0)
			: new Decimal(units, decimals);
	}

	static sum(values: Iterable<Decimal>): Decimal {
		let total = Decimal.ZERO;
		for (const value of values) total = total.plus(value);
		return total;
	}

	plus(other: Decimal): Decimal {
		const scale = Math.max(this.scale, other.scale);
		return new Decimal(this.unitsAt(scale) + other.unitsAt(scale), scale);
	}

	minus(other: Decimal): Decimal {
		return this.plus(other.negated());
	}

	negated(): Decimal {
		return new Decimal(-this.units, this.scale);
	}

	times(other: Decimal): Decimal {
		return new Decimal(this.units * other.units, this.scale + other.scale);
	}

	/** A hundredth of this times `rate`, not rounded. */
	percent(rate: Decimal): Decimal {
		const product = this.times(rate);
		return new Decimal(product.units, product.scale + 2);
	}

	/** The quotient, rounded half up to `decimals`. Throws a `RangeError` for a divisor of zero. */
	dividedBy(divisor: Decimal, decimals: number): Decimal {
		const scale = Math.max(this.scale, divisor.scale);
		const numerator = this.unitsAt(scale) * powerOfTen(decimals);
		return new Decimal(roundedQuotient(numerator, divisor.unitsAt(scale)), decimals);
	}

	/** Rounded half up: a half goes away from zero, as on invoices. */
	round(decimals: number): Decimal {
		if (decimals >= this.scale) return this;
		return new Decimal(roundedQuotient(this.units, powerOfTen(this.scale - decimals)), decimals);
	}

	/** Negative, zero or positive, as this is less than, equal to or greater than `other`. */
	compare(other: Decimal): number {
		const scale = Math.max(this.scale, other.scale);
		const difference = this.unitsAt(scale) - other.unitsAt(scale);
		return Number(difference > 0n) - Number(difference < 0n);
	}

	equals(other: Decimal): boolean {
		return this.compare(other) === 0;
	}

	get isZero(): boolean {
		return this.units === 0n;
	}

	get isNegative(): boolean {
		return this.units < 0n;
	}

	/** How many units of 10^-`decimals` it has, rounded half up: 12.5 has 1250 with 2 decimals. */
	unitsOf(decimals: number): bigint {
		return this.round(decimals).unitsAt(decimals);
	}

	/** With exactly this many decimals, rounded half up. */
	toFixed(decimals: number): string {
		const units = this.unitsOf(decimals);
		const digits = String(absolute(units)).padStart(decimals + 1, '0');
		const sign = units < 0n ? '-' : '';
		if (decimals === 0) return sign + digits;
		return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
	}

	/** Without zeros at the end, e.g. `12.5`. */
	toString(): string {
		const text = this.toFixed(this.scale);
		return this.scale === 0 ? text : text.replace(/\.?0+$/, '');
	}

	private unitsAt(scale: number): bigint {
		return this.units * powerOfTen(scale - this.scale);
	}
}

function powerOfTen(exponent: number): bigint {
	return 10n ** BigInt(exponent);
}

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
	const isNegative = numerator < 0n !== denominator < 0n;
	const [size, by] = [absolute(numerator), absolute(denominator)];
	const quotient = (2n * size + by) / (2n * by);
	return isNegative ? -quotient : quotient;
}

function absolute(value: bigint): bigint {
	return value < 0n ? -value : value;
}
