import { freePort } from '../../e2e/n8n/free-port.cts';
import { check, type Finding } from '../../live/check.cts';
import type { Fact } from '../../live/fact.cts';
import { FACTS } from '../../live/facts/all.cts';
import { readSettings, type Settings } from '../../live/settings.cts';
import { table, withoutSecrets } from '../../live/table.cts';
import { type Sandbox, startSandbox, type VariantChoices } from '../../sandbox/sandbox.cts';

let sandbox: Sandbox;

afterEach(async () => {
	await sandbox.stop();
});

async function open(variants: VariantChoices = {}): Promise<void> {
	sandbox = await startSandbox({ variants });
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

async function answerTo(name: string, changes?: Partial<Settings>): Promise<string> {
	const facts = FACTS.filter((fact) => fact.name === name);
	const [{ answer }] = await findings(true, changes, facts);
	return answer;
}

describe('the check of a server', () => {
	it('finds everything as expected but http, which a sandbox has to allow', async () => {
		await open();
		const others = (await findings(true)).filter(({ verdict }) => verdict !== 'as expected');
		expect(others.map(({ name, answer }) => `${name}: ${answer}`)).toEqual([
			'Plain http: answered',
		]);
	});

	it('leaves nothing behind', async () => {
		await open();
		const count = (model: string) => sandbox.records(model).length;
		const models = ['Account', 'Contact', 'Note'];
		const before = models.map(count);
		await findings(true);
		expect(models.map(count)).toEqual(before);
		expect(sandbox.webhooks).toEqual([]);
	});

	it('names a webhook that it cannot remove', async () => {
		await open({ webhooks: { answerWithoutId: true, list: false } });
		const facts = FACTS.filter(({ name }) => name === 'Registering a webhook');
		const options = { settings: await settings(), write: true, facts };
		const { left } = await check({ ...options, patience: async () => await sandbox.settle() });
		expect(left).toEqual(['the webhook to https://n8n-nodes-1crm.invalid/check']);
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
			'Form of a delivery',
			'Deliveries of an event',
			'Webhook without a filter',
		]);
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
	it.each<[string, VariantChoices, string, string]>([
		['Basic switched off', { basicAuth: false }, 'Basic authentication', 'refused with 401'],
		['tokens for forms', { acceptFormTokens: true }, 'Token for a form', 'granted'],
		['fewer grants', { grants: ['password'] }, 'Client credentials grant', 'refused with 400'],
		['another life of tokens', { tokenLifetime: 600 }, 'Life of a token', '600 s'],
		['an edition without API', { editionHasApi: false }, 'Own user', 'refused with 403'],
		['http refused', { httpsOnly: true }, 'Plain http', 'refused with 403'],
		['names of modules', { modulesShape: 'strings' }, 'List of modules', 'list of names'],
		['a map of modules', { modulesShape: 'map' }, 'List of modules', 'list: a map'],
		[
			'another key for modules',
			{ modulesShape: 'modulesKey' },
			'List of modules',
			'modules of objects with model, module, label',
		],
		['a strict limit', { limitAboveMax: 'reject' }, 'Limit above 200', 'refused with 400'],
		['smaller pages', { maxPageSize: 100 }, 'Page of 200', '100 rows'],
		['a strict order', { unknownOrder: 'error' }, 'Unknown order', 'refused with 500'],
		['the older total', { totalKey: 'total_count' }, 'Number of matches', 'total_count'],
		['text for duplicates', { duplicates: 'string' }, 'Duplicate', '200 with errors as a text'],
		['a map for duplicates', { duplicates: 'map' }, 'Duplicate', '200 with errors as a map'],
		['a status for duplicates', { duplicates: 'status400' }, 'Duplicate', 'refused with 400'],
		['failures as text', { errorBody: 'string' }, 'Form of a failure', 'the answer is the message'],
		['nested failures', { errorBody: 'nested' }, 'Form of a failure', 'error.message'],
		['failures as pages', { errorBody: 'html' }, 'Form of a failure', 'no JSON'],
		['columns', { missingRequired: 'sqlError' }, 'Required field missing', 'refused with 500'],
		['the other type key', { infoMimeKey: 'mime_type' }, 'Type of a file', 'mime_type'],
		['names kept encoded', { fileNames: 'asSent' }, 'Name of a file', 'kept as sent'],
		['noise', { leadingNoise: '\n' }, 'Before the JSON', 'white space or a byte order mark'],
		['no list', { webhooks: { list: false } }, 'List of webhooks', 'refused with 404'],
		[
			'no id for a webhook',
			{ webhooks: { answerWithoutId: true } },
			'Registering a webhook',
			'registered, without an id',
		],
		[
			'wrapped deliveries',
			{ webhooks: { payload: 'wrapped' } },
			'Form of a delivery',
			'JSON: record alone',
		],
		['forms delivered', { webhooks: { payload: 'form' } }, 'Form of a delivery', 'a form'],
		['ids delivered', { webhooks: { payload: 'idOnly' } }, 'Form of a delivery', 'JSON: id alone'],
		[
			'webhooks that need no filter',
			{ webhooks: { fireWithoutFilter: true } },
			'Webhook without a filter',
			'yes',
		],
		['repeats', { webhooks: { repeats: 2 } }, 'Deliveries of an event', '3'],
	])('%s', async (_, variants, name, answer) => {
		await open(variants);
		expect(await answerTo(name)).toBe(answer);
	});

	it('a user who may not register webhooks', async () => {
		await open({ webhooks: { requireAdmin: true } });
		const answer = await answerTo('Registering a webhook', { username: 'sales' });
		expect(answer).toBe('refused with 403');
	});
});
