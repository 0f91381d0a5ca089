import fc from 'fast-check';
import { parse } from 'node:querystring';
import type { Call } from './webhook-call.cts';
import { receive, registeredState, TOKEN } from './webhook-call.cts';

/** Divided among the properties below: more than 100,000 deliveries, the same each time. */
const MANY = { seed: 1, numRuns: 30_000 };

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const TEXT = 'text/plain';
const TYPES = [FORM, TEXT, 'application/octet-stream', 'application/vnd.api+json', undefined];

const NAMES = ['id', 'record_id', 'record', 'data', 'fields', 'object', 'records', 'name'];
const ODD_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', ''];

const id = fc.oneof(
	fc.constantFrom('a1', ' a1\n', '..', '-99', 'a/b', '%2e%2e', 'x'.repeat(101), ''),
	fc.uuid(),
	fc.string({ unit: 'binary', maxLength: 8 }),
	fc.double(),
);

/** Bodies that look like deliveries and are not quite. */
const { body } = fc.letrec((tie) => ({
	body: fc.oneof(
		{ maxDepth: 4 },
		id,
		fc.jsonValue({ maxDepth: 2 }),
		{
			weight: 6,
			arbitrary: fc.dictionary(fc.constantFrom(...NAMES, ...ODD_NAMES), tie('body'), {
				maxKeys: 3,
				noNullPrototype: true,
			}),
		},
		fc.array(tie('body'), { maxLength: 2 }),
		tie('body').map((value) => JSON.stringify(value)),
	),
}));

const query = fc.oneof(
	{ weight: 9, arbitrary: fc.constant({ token: TOKEN }) },
	fc.constantFrom<unknown>({}, { token: '' }, { token: [TOKEN] }, { token: { length: 64 } }),
	fc.record({ token: fc.string({ unit: 'binary' }) }),
);

const states = [{ fetchRecord: false }, { fetchRecord: false, ignoreRepeats: true }];

/**
 * Delivers, and throws for anything that no delivery may cause. Doesn't use `expect`, which takes longer than
 * the node.
 */
async function deliver(call: Call, options = states[0]): Promise<number> {
	const { status, answers, items } = await receive(call, registeredState(), options);
	const hasToken = (call.query as { token?: unknown } | undefined)?.token === TOKEN;
	if (answers !== 1) throw new Error(`${answers} answers`);
	if (![hasToken ? 200 : 401, hasToken ? 400 : 401].includes(status ?? 0)) {
		throw new Error(`The status ${status}`);
	}
	if (status !== 200 && items.length > 0) throw new Error('An item beside a refusal');
	for (const { recordId, record } of items) checkItem(String(recordId), record);
	return items.length;
}

function checkItem(recordId: string, record: unknown): void {
	const shown = Object.values(record as Record<string, unknown>).filter((value) =>
		['string', 'number'].includes(typeof value),
	);
	const isPlain = Object.getPrototypeOf(record) === Object.prototype;
	if (!/^[\w.~-]{1,100}$/.test(recordId)) throw new Error(`The ID ${recordId}`);
	if (!shown.some((value) => String(value).trim().endsWith(recordId)))
		throw new Error('A foreign ID');
	if (!isPlain || Object.hasOwn(record as object, '__proto__')) throw new Error('No plain record');
}

const objectProperties = Object.getOwnPropertyNames(Object.prototype).length;
const rejections: unknown[] = [];
const note = (reason: unknown) => rejections.push(reason);

beforeAll(() => process.on('unhandledRejection', note));
afterAll(() => {
	process.off('unhandledRejection', note);
	expect(rejections).toEqual([]);
	expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(objectProperties);
});

describe('Whatever is delivered', () => {
	it('as JSON gets one answer, and an item only of a record with an ID', async () => {
		let started = 0;
		await fc.assert(
			fc.asyncProperty(query, body, fc.constantFrom(...states), async (asked, value, options) => {
				const text = JSON.stringify(value);
				const call = { query: asked, body: JSON.parse(text), rawBody: Buffer.from(text) };
				started += await deliver({ ...call, contentType: JSON_TYPE }, options);
			}),
			MANY,
		);
		expect(started).toBeGreaterThan(500);
	});

	it('as a form gets one answer, and an item only of a record with an ID', async () => {
		const name = fc
			.tuple(fc.constantFrom(...NAMES, ...ODD_NAMES), fc.constantFrom('', '[id]', '[', '[a][b]'))
			.map((parts) => parts.join(''));
		const form = fc.array(fc.tuple(name, id), { maxLength: 4 });
		let started = 0;
		await fc.assert(
			fc.asyncProperty(query, form, async (asked, pairs) => {
				const text = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
				const call = { query: asked, body: parse(text), rawBody: Buffer.from(text) };
				started += await deliver({ ...call, contentType: FORM });
			}),
			MANY,
		);
		expect(started).toBeGreaterThan(500);
	});

	it('as bytes of any type gets one answer, and an item only of a record with an ID', async () => {
		const piece = fc.oneof(
			fc.constantFrom('{"id":"a1"', '"id":', '{', '}', '[', ',"name":"', '\\u0000', 'id=a1', '&'),
			fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
		);
		const bytes = fc
			.array(piece, { maxLength: 6 })
			.map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
		await fc.assert(
			fc.asyncProperty(query, bytes, fc.constantFrom(...TYPES), async (asked, rawBody, type) => {
				const call = { query: asked, contentType: type };
				if (type === FORM) await deliver({ ...call, body: parse(rawBody.toString()), rawBody });
				else if (type === TEXT) await deliver({ ...call, body: rawBody.toString(), rawBody });
				else await deliver({ ...call, unread: rawBody });
			}),
			MANY,
		);
	});

	it('and breaks off in the middle gets 400', async () => {
		const unread = new Error('request aborted');
		const call = { query: { token: TOKEN }, contentType: 'application/octet-stream', unread };
		expect(await receive(call, registeredState())).toMatchObject({ status: 400, items: [] });
	});

	it('in the place of what n8n parses gets one answer', async () => {
		const anything = fc.anything({ withNullPrototype: true, withBigInt: false, maxDepth: 3 });
		await fc.assert(
			fc.asyncProperty(anything, query, async (value, asked) => {
				await deliver({ query: asked, body: value, contentType: JSON_TYPE });
			}),
			{ ...MANY, numRuns: 12_000 },
		);
	});
});
