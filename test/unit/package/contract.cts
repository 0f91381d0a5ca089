import type { INodeProperties } from 'n8n-workflow';
import { innerProperties } from '../../support/package/published.cts';

/** A name that saved workflows depend on: its type and default, and those of everything inside it. */
interface Promised {
	type: INodeProperties['type'];
	default?: unknown;
	inner?: Contract;
}

export type Contract = Record<string, Promised>;

/** Fails for each promised name that is missing, or has another type or default. */
export function expectContract(properties: INodeProperties[], contract: Contract): void {
	for (const [name, { inner, ...promised }] of Object.entries(contract)) {
		const property = properties.find((candidate) => candidate.name === name);
		expect(property).toMatchObject({ name, ...promised });
		if (property && inner) expectContract(innerProperties(property), inner);
	}
}
