import { networkInterfaces } from 'node:os';

import { type Sandbox, startSandbox, type VariantChoices } from '../sandbox/sandbox.cts';
import { variants } from '../sandbox/variants.cts';
import { freePort } from '../support/free-port.cts';
import { check, type Finding } from './check.cts';
import type { Fact } from './fact.cts';
import { FACTS } from './facts/all.cts';
import { deliveryFacts } from './facts/deliveries.cts';
import { ASKED_AS, NOTICED, type NoticedValue, noticedValues, UNASKABLE } from './noticed.cts';
import { readSettings, type Settings } from './settings.cts';
import { table, withoutSecrets } from './table.cts';
import { MARK } from './trial.cts';

let sandbox: Sandbox;

afterEach(() => sandbox.stop());

async function open(choices: VariantChoices = {}): Promise<void> {
	sandbox = await startSandbox({ variants: choices });
	for (let index = 0; index < 250; index++) sandbox.insert('Lead', { last_name: `Lead ${index}` });
}

async function settings(changes: Partial<Settings> = {}): Promise<Settings> {
	const callbackPort = await freePort();
	return {
		...readSettings({
			ONECRM_DOMAIN: sandbox.url,
			ONECRM_USERNAME: sandbox.username,
			ONECRM_PASSWORD: sandbox.password,
			ONECRM_CLIENT_ID: sandbox.clientId,
			ONECRM_CLIENT_SECRET: sandbox.clientSecret,
		}),
		callbackPort,
		callbackUrl: `http://127.0.0.1:${callbackPort}/hook`,
		...changes,
	};
}

async function findings(
	write: boolean,
	changes?: Partial<Settings>,
	facts?: Fact[],
): Promise<Finding[]> {
	const patience = async () => await sandbox.settle();
	const result = await check({ settings: await settings(changes), write, facts, patience });
	expect(result.left).toEqual([]);
	return result.findings;
}

/** An address of this machine that isn't 127.0.0.1: that of a network, or another one that is its own. */
function otherAddress(): string {
	const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
	const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
	return outer?.address ?? '127.0.0.2';
}

/** How many records each module has that are not deleted. */
function recordCounts(): Array<[string, number]> {
	const models = Object.keys(sandbox.contents().records);
	return models.map((model) => [model, sandbox.records(model).length]);
}

describe('the check of a server', () => {
	it('finds everything as expected but http, which a sandbox has to allow', async () => {
		await open();
		const others = (await findings(true)).filter(({ verdict }) => verdict !== 'as expected');
		expect(others.map(({ name, answer }) => `${name}: ${answer}`)).toEqual([
			'Plain http: answered',
		]);
	});

	it('takes a delivery only at an address with its token', async () => {
		await open();
		const own = await settings();
		const statuses: number[] = [];
		const patience = async () => {
			const stranger = await fetch(`${own.callbackUrl}/filtered`, { method: 'POST', body: '{}' });
			statuses.push(stranger.status);
			await sandbox.settle();
		};
		const result = await check({ settings: own, write: true, facts: deliveryFacts, patience });
		expect(statuses).toEqual([404, 404]);
		expect(result.findings.map(({ verdict }) => verdict)).toEqual(
			deliveryFacts.map(() => 'as expected'),
		);
	});

	it.each([
		['nobody but this machine', undefined, false],
		['whoever it is told to', '0.0.0.0', true],
	])('lets %s deliver', async (_, callbackHost, isReached) => {
		await open();
		const own = await settings({ callbackHost });
		const tries: boolean[] = [];
		const patience = async () => {
			const address = `http://${otherAddress()}:${own.callbackPort}/filtered`;
			const reached = fetch(address, { method: 'POST', body: '{}' });
			tries.push(await reached.then(({ status }) => status === 404).catch(() => false));
			await sandbox.settle();
		};
		await check({ settings: own, write: true, facts: deliveryFacts, patience });
		expect(tries).toEqual([isReached, isReached]);
	});

	it('leaves nothing behind', async () => {
		await open();
		const before = recordCounts();
		await findings(true);
		expect(recordCounts()).toEqual(before);
		expect(sandbox.webhooks).toEqual([]);
	});

	it('names a webhook that it cannot remove', async () => {
		await open({ webhooks: { answerWithoutId: true, list: false } });
		const facts = FACTS.filter(({ name }) => name === 'Registering a webhook');
		const options = { settings: await settings(), write: true, facts };
		const { left } = await check({ ...options, patience: async () => await sandbox.settle() });
		expect(left).toEqual(['the webhook to https://n8n-nodes-1crm.invalid/check']);
	});

	it('names what the server does not remove, and what it may have made without an answer', async () => {
		await open();
		const facts = FACTS.filter(({ name }) => name === 'Change of one field');
		const options = { write: true, facts, patience: async () => await sandbox.settle() };
		sandbox.failNext({ kind: 'status', status: 500 }, { method: 'DELETE' });
		const first = await check({ settings: await settings(), ...options });
		expect(first.left).toEqual([expect.stringMatching(/^data\/Contact\/.+/)]);
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST', path: /^\/data/ });
		const second = await check({ settings: await settings(), ...options });
		expect(second.left).toEqual([`a record of Contact with "${MARK}" in its name`]);
	});

	it('has a name of its own for each fact', () => {
		const names = FACTS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('only reads unless it may write', async () => {
		await open();
		const all = await findings(false);
		const changes = sandbox.requests.filter(
			({ method, path }) => method !== 'GET' && !path.startsWith('/auth/'),
		);
		expect(changes).toEqual([]);
		const notAsked = all.filter(({ verdict }) => verdict === 'not asked');
		const writing = FACTS.filter(({ writes }) => writes);
		expect(notAsked.map(({ name }) => name)).toEqual(writing.map(({ name }) => name));
	});

	it('says what it could not ask for want of an API client or a callback', async () => {
		await open();
		const all = await findings(true, { client: undefined, callbackUrl: undefined });
		const notAsked = all.filter(({ verdict }) => verdict === 'not asked');
		expect(notAsked.map(({ name }) => name)).toEqual([
			'Password grant',
			'Token for a form',
			'Client credentials grant',
			'Life of a token',
			'Wrong password for a token',
			'Wrong client secret',
			'Unknown grant',
			'Method of a delivery',
			'Form of a delivery',
			'Headers of a delivery',
			'Time in a delivery',
			'Deliveries of an event',
			'Delivery that failed',
			'Kinds of events',
			'Delivery of a change',
			'Webhook without a filter',
			'Conditions with AND',
		]);
	});

	it('takes nothing for as expected where no delivery arrives', async () => {
		await open();
		const nowhere = { callbackUrl: 'http://127.0.0.1:1' };
		const all = await findings(true, nowhere);
		const deliveryNames = deliveryFacts.map(({ name }) => name);
		const about = all.filter(({ name }) => deliveryNames.includes(name));
		expect(about).toHaveLength(deliveryNames.length);
		expect(about.filter(({ verdict }) => verdict === 'as expected')).toEqual([]);
	});

	it('prints no secret, even one that the server sends back', async () => {
		await open();
		const known = await settings();
		const finding = (await findings(false))[0];
		const lines = table([{ ...finding, answer: `${known.password} ${known.client?.secret}` }]);
		const printed = withoutSecrets(lines.join('\n'), known);
		expect(printed).toContain('*** ***');
		expect(printed).not.toContain(known.client?.secret);
	});
});

describe('the check notices', () => {
	const defaults = variants();
	const isDefault = ({ part, name, value }: NoticedValue) =>
		Object.entries(part === 'server' ? defaults : defaults[part]).some(
			([known, usual]) => known === name && usual === value,
		);
	const inMessage = ({ name, value }: NoticedValue): [string, string] => [
		name,
		JSON.stringify(value),
	];
	const all = noticedValues();

	it('every switch of the sandbox that a server can be asked about', () => {
		const { sales, webhooks, ...server } = defaults;
		const serverNames = [...Object.keys(NOTICED.server), ...Object.keys(UNASKABLE.server)];
		expect(serverNames.sort()).toEqual(Object.keys(server).sort());
		const salesNames = [...Object.keys(NOTICED.sales), ...Object.keys(UNASKABLE.sales)];
		expect(salesNames.sort()).toEqual(Object.keys(sales).sort());
		const askedOrNot = [...Object.keys(NOTICED.webhooks), ...Object.keys(UNASKABLE.webhooks)];
		expect(askedOrNot.sort()).toEqual(Object.keys(webhooks).sort());
	});

	it('what is usual', async () => {
		await open();
		const answers = new Map((await findings(true)).map(({ name, answer }) => [name, answer]));
		const usual = all.filter(isDefault);
		expect(usual.map((noticed) => [...inMessage(noticed), answers.get(noticed.fact)])).toEqual(
			usual.map((noticed) => [...inMessage(noticed), noticed.answer]),
		);
	});

	it.each(
		all.filter((noticed) => !isDefault(noticed)).map((noticed) => [...inMessage(noticed), noticed]),
	)('%s: %s', async (_name, _value, { part, name, value, fact, answer }) => {
		const choices = { [name]: value };
		await open(part === 'server' ? choices : { [part]: choices });
		const before = recordCounts();
		const found = await findings(true, ASKED_AS[name]);
		expect(found.find((finding) => finding.name === fact)?.answer).toBe(answer);
		expect(found.map((finding) => finding.name)).toEqual(FACTS.map((known) => known.name));
		// Words of a fact, not those of an unexpected program error.
		for (const finding of found) expect(finding.answer).toMatch(/^(?!.*(undefined|\bnot a\b)).+$/);
		expect(recordCounts()).toEqual(before);
		expect(sandbox.webhooks).toEqual([]);
	});
});
