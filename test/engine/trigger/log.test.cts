import { HookContext, WebhookContext } from 'n8n-core';
import { addressOf, deliveryScene } from './delivery-scene.cts';

const scene = deliveryScene();

/** The refusals that the trigger has written into n8n's log: requests of earlier tests may still end, and say so there. */
let warnings: string[];

beforeEach(() => {
	warnings = [];
	const warn = (message: string) => {
		if (message.includes('refused a delivery')) warnings.push(message);
	};
	const logger = { debug: () => {}, warn };
	for (const context of [HookContext, WebhookContext]) {
		vi.spyOn(context.prototype, 'logger', 'get').mockReturnValue(logger as never);
	}
});

describe("A delivery that is refused leaves a line in n8n's log", () => {
	const SECRET = 'a-value-of-nobody';

	it('for a wrong token, with the names of the body and no value', async () => {
		await scene.trigger.activate();
		const url = new URL(addressOf(scene, 'create'));
		const token = url.searchParams.get('token') ?? '';
		url.searchParams.set('token', 'x'.repeat(64));
		expect(await scene.deliver(url.href, { id: SECRET, last_name: SECRET })).toBe(401);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(/refused a delivery: Unknown or missing token/);
		expect(warnings[0]).toMatch(/names: id, last_name$/);
		expect(warnings[0]).not.toContain(SECRET);
		expect(warnings[0]).not.toContain('x'.repeat(64));
		expect(warnings[0]).not.toContain(token);
	});

	it.each<[string, unknown, RegExp, string]>([
		['an object without an ID', { name: SECRET }, /names: name$/, 'application/json'],
		['an empty list', [], /list of 0$/, 'application/json'],
		['a text', `Hello ${SECRET}`, /Its body is string$/, 'text/plain'],
		[
			'broken JSON that is declared as a form',
			`{"last_name": "${SECRET}"`,
			/names: \(no name\)$/,
			'application/x-www-form-urlencoded',
		],
	])('for a body without a record: %s', async (_, body, shape, contentType) => {
		await scene.trigger.activate();
		expect(await scene.deliver(addressOf(scene, 'create'), body, contentType)).toBe(400);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(/No record ID in the body/);
		expect(warnings[0]).not.toContain(SECRET);
		expect(warnings[0]).toMatch(shape);
	});

	it('once a minute for each reason, however many are refused', async () => {
		await scene.trigger.activate();
		const url = new URL(addressOf(scene, 'create'));
		url.searchParams.set('token', 'wrong');
		for (let delivery = 0; delivery < 5; delivery++) {
			await scene.deliver(url.href, { id: '1' });
			await scene.deliver(addressOf(scene, 'create'), { name: 'x' });
		}
		expect(warnings).toHaveLength(2);
		const now = Date.now();
		vi.spyOn(Date, 'now').mockReturnValue(now + 61_000);
		await scene.deliver(url.href, { id: '1' });
		expect(warnings).toHaveLength(3);
	});
});

it('an older state that was put back does not stop a running trigger', async () => {
	await scene.trigger.activate();
	const older = structuredClone(scene.trigger.staticData);
	await scene.trigger.deactivate();
	await scene.trigger.activate();
	// As n8n's public API does it.
	scene.trigger.staticData = older;
	const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
	expect(await scene.deliver(addressOf(scene, 'create'), { id })).toBe(200);
	await scene.trigger.activate();
	expect(await scene.deliver(addressOf(scene, 'create'), { id })).toBe(200);
	await scene.trigger.deactivate();
	expect(scene.sandbox.webhooks).toEqual([]);
});
