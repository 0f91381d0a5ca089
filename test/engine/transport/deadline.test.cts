import { createContact, getContact, getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';
import { sentTo } from '../sent.cts';

const options = { timeout: 1 };

describe('An answer that never ends', () => {
	const { sandbox, engine } = engineWithSandbox({ perTest: true });
	let id: string;

	beforeEach(() => {
		id = sandbox.insert('Contact', { last_name: 'Aalto' });
		skipPauses();
	});

	it('is given up after the timeout, although its bytes keep coming, and asked for again', async () => {
		sandbox.failNext({ kind: 'drip' }, { path: /^\/data\// });
		expect(await engine.items({ ...getContact(id), options })).toMatchObject([{ id }]);
		expect(sentTo(sandbox)).toHaveLength(2);
	});

	it('is given up for the metadata too', async () => {
		sandbox.failNext({ kind: 'drip' }, { path: /^\/meta\// });
		expect(await engine.items({ ...createContact('Berg'), options })).toHaveLength(1);
	});

	it('is given up when the file of a record drips', async () => {
		sandbox.failNext({ kind: 'drip' }, { path: /^\/printer\// });
		const parameters = { resource: 'document', operation: 'getPdf', module: 'Contact' };
		const error = await engine.failure({ ...parameters, recordId: id, options });
		expect(error.message).toBe('1CRM stopped sending in the middle of the file');
	});

	it('is given up after a minute while logging in', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const asked: number[] = [];
		vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
			const isFirst = milliseconds === 60_000 && !asked.includes(60_000);
			asked.push(milliseconds);
			return timeout(isFirst ? 50 : milliseconds);
		});
		sandbox.failNext({ kind: 'drip' }, { path: /^\/me$/ });
		// The request itself has a different time limit, to distinguish it from that of the log-in.
		expect(await engine.items({ ...getMe, options: { timeout: 90 } })).toHaveLength(1);
		expect(asked.filter((milliseconds) => milliseconds === 60_000)).toHaveLength(2);
	});
});
