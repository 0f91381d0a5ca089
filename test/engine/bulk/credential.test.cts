import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';
import { until } from '../../support/until.cts';
import { upserting } from '../upserting.cts';

const COUNT = 60;

const creating = {
	...upserting({ last_name: '={{ $json.name }}' }, []),
	operation: 'create',
};
const items = Array.from({ length: COUNT }, (_, index) => ({ json: { name: `Name ${index}` } }));

describe.each(['basic', 'oauth2'] as const)('The credential (%s) of a run', (authentication) => {
	const { sandbox, engine } = engineWithSandbox({ authentication, perTest: true });

	it('is read once, however many items there are', async () => {
		const reading = vi.spyOn(engine.credentials, 'getDecrypted');
		await engine.items(creating, { items });
		expect(workOf(sandbox)).toHaveLength(COUNT);
		expect(reading).toHaveBeenCalledTimes(1);
	});

	it('is read anew by the next run', async () => {
		await engine.items(creating, { items: items.slice(0, 2) });
		engine.credentials.data.password = 'changed';
		const error = await engine.failure(creating, { items: items.slice(0, 2) });
		expect(error.message).toBe("1CRM didn't accept the login");
	});
});

describe('An access token that expires in the middle of a run', () => {
	const { sandbox, engine } = engineWithSandbox({
		authentication: 'oauth2',
		perTest: true,
	});

	beforeEach(async () => {
		await engine.items(getMe);
		sandbox.clearRequests();
	});

	const creates = () => workOf(sandbox).filter(({ method }) => method === 'POST');

	/** The token expires for so many creates that are under way, `after` others. */
	async function expireFor(count: number, after: number): Promise<void> {
		sandbox.hold({ method: 'POST', path: /^\/data/, after });
		await until(() => sandbox.held === count);
		sandbox.expireTokens();
		sandbox.release();
	}

	it.each([1, 3, 8])(
		'is renewed once, with %i requests at a time, and every item succeeds',
		async (parallelRequests) => {
			const running = engine.items({ ...creating, options: { parallelRequests } }, { items });
			await expireFor(parallelRequests, 20);
			const created = await running;
			expect(created.map(({ last_name }) => last_name)).toEqual(items.map(({ json }) => json.name));
			expect(sandbox.tokensIssued).toBe(2);
			expect(sandbox.records('Contact')).toHaveLength(COUNT);
			const refused = creates().filter(({ status }) => status === 401);
			expect(refused).toHaveLength(parallelRequests);
			expect(creates()).toHaveLength(COUNT + refused.length);
		},
	);

	it('is renewed each time it expires', async () => {
		const running = engine.items({ ...creating, options: { parallelRequests: 8 } }, { items });
		await expireFor(8, 15);
		// Those that were refused are sent again first.
		await expireFor(8, 16);
		expect(await running).toHaveLength(COUNT);
		expect(sandbox.tokensIssued).toBe(3);
		expect(sandbox.records('Contact')).toHaveLength(COUNT);
	});
});
