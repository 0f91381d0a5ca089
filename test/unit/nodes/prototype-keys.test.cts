import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readMetadata } from '../../../nodes/OneCrm/crm/metadata';
import { readModules } from '../../../nodes/OneCrm/crm/modules';
import { serverMessage } from '../../../nodes/OneCrm/http/answer';
import { asMap, parseJson } from '../../../nodes/OneCrm/http/json';
import { readDelivery } from '../../../nodes/OneCrmTrigger/body';
import { TriggerMemory } from '../../../nodes/OneCrmTrigger/memory';
import { CASES } from './cases.cts';

/** Keys that mean something to JavaScript itself. */
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'];

/** An object with these keys, as JSON from a server may contain it. */
const poisoned = (value: string) =>
	`{${KEYS.map((key) => `${JSON.stringify(key)}: ${value}`).join(',')}}`;

const before = Object.getOwnPropertyNames(Object.prototype).sort();

function expectHarmless(): void {
	expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(typeof {}.toString).toBe('function');
}

afterEach(expectHarmless);

describe('names that mean something to JavaScript', () => {
	it('are plain names of fields and filters', () => {
		const text = poisoned('{"type": "int", "vname": "Odd", "polluted": true}');
		const { fields, filters } = readMetadata(
			asMap(parseJson(`{"fields": ${text}, "filters": ${text}}`)),
		);
		for (const key of KEYS) {
			expect(fields.get(key)).toMatchObject({ name: key, label: 'Odd', kind: 'integer' });
			expect(filters.get(key)).toMatchObject({ name: key, label: 'Odd', kind: 'integer' });
		}
	});

	it('are plain values of options', () => {
		const raw = `{"fields": {"a": {"type": "enum", "options": ${poisoned('"Odd"')}}}}`;
		const options = readMetadata(asMap(parseJson(raw))).fields.get('a')?.options;
		expect(options).toEqual(KEYS.map((value) => ({ value, label: 'Odd' })));
	});

	it('are plain names of modules', () => {
		const modules = readModules(asMap(parseJson(`{"list": ${poisoned('{"polluted": true}')}}`)));
		expect(modules.map(({ name }) => name)).toEqual(KEYS);
		for (const entry of modules) expect(Object.getPrototypeOf(entry)).toBe(Object.prototype);
	});

	it('are plain fields of a delivered record', () => {
		const delivered = readDelivery(parseJson(`{"__proto__": {"id": "x"}, "id": "a1"}`));
		expect(delivered.map(({ id }) => id)).toEqual(['a1']);
		expect(readDelivery(parseJson(poisoned('{"id": "x"}')))).toEqual([]);
	});

	it('are plain names in what a server complains of', () => {
		expect(serverMessage(parseJson(`{"errors": ${poisoned('"is odd"')}}`))).toBe(
			KEYS.map((key) => `${key}: is odd`).join('; '),
		);
	});

	it('do no harm in the static data of n8n', () => {
		const staticData = parseJson(
			`{"__proto__": {"polluted": true}, "registration": {"webhooks": [{"id": "1"}, ${poisoned('"x"')}]}}`,
		) as IDataObject;
		const memory = new TriggerMemory(staticData, undefined);
		expect(memory.registration?.webhooks).toHaveLength(1);
		memory.renew();
	});

	it('do no harm anywhere, however deep they stand', () => {
		const key = fc.constantFrom(...KEYS, 'id', 'list', 'fields', 'filters', 'errors', 'data');
		const { body } = fc.letrec((tie) => ({
			body: fc.oneof(
				{ maxDepth: 5 },
				fc.constantFrom('true', '"x"', '[]', '{"polluted":true}'),
				fc
					.array(fc.tuple(key, tie('body')), { maxLength: 3 })
					.map((entries) => `{${entries.map(([name, value]) => `"${name}":${value}`).join(',')}}`),
			),
		}));
		fc.assert(
			fc.property(body, (text) => {
				const value = parseJson(String(text));
				const answer = asMap(value);
				readMetadata(answer);
				readModules(answer);
				readDelivery(value);
				serverMessage(value);
				expectHarmless();
			}),
			CASES,
		);
	});
});
