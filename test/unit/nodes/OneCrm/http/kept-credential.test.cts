import type { ICredentialsDecrypted, IN8nHttpFullResponse } from 'n8n-workflow';
import { KeptCredential } from '../../../../../nodes/OneCrm/http/keptCredential';
import type { N8nContext } from '../../../../../nodes/OneCrm/http/types';
import { node } from './node.cts';

const OK = { statusCode: 200, headers: {}, body: '' };
const REFUSED = { statusCode: 400, headers: {}, body: 'access_denied' };

/** A credential with a token, and what each request was given. */
function keptCredential(accessToken = 'session.old-token', details?: { id: string; name: string }) {
	let readings = 0;
	const given: ICredentialsDecrypted[] = [];
	const context = {
		getNode: () => ({ ...node, credentials: details && { oneCrmApi: details } }),
		getCredentials: async (type: string) => {
			readings++;
			return await Promise.resolve({ type, password: 'pass-word-1', accessToken });
		},
	} as unknown as N8nContext;
	const credential = new KeptCredential(context);
	/** Answers requests from a list. n8n renews a token that is empty. */
	const use = async (
		answers: IN8nHttpFullResponse[],
		renewal: 'again' | 'as 401' = 'again',
		renewed = 'session.new-token',
	) =>
		await credential.use(
			async (own) => {
				given.push(structuredClone(own));
				if (own.data?.accessToken === '') own.data.accessToken = renewed;
				return await Promise.resolve(answers.shift() ?? OK);
			},
			(answer) => answer.statusCode === 400 && renewal,
		);
	return { credential, use, given, readings: () => readings };
}

const tokens = (given: ICredentialsDecrypted[]) => given.map(({ data }) => data?.accessToken);

describe('the credential of a run', () => {
	it('is read once, and given to each request as a copy', async () => {
		const { use, given, readings } = keptCredential('session.old-token', {
			id: '5',
			name: 'Sales',
		});
		await Promise.all([use([OK]), use([OK])]);
		expect(readings()).toBe(1);
		expect(given).toHaveLength(2);
		expect(given[0]).toMatchObject({
			id: '5',
			name: 'Sales',
			type: 'oneCrmApi',
			data: { type: 'oneCrmApi', password: 'pass-word-1', accessToken: 'session.old-token' },
		});
	});

	it('need not be one that the node names', async () => {
		const { use, given } = keptCredential();
		await use([OK]);
		expect(given[0]).toMatchObject({ id: '', name: '' });
	});

	it('knows what is secret in it, also a token that was replaced', async () => {
		const { credential, use } = keptCredential();
		expect(credential.secrets.areIn('pass-word-1')).toBe(false);
		await use([REFUSED, OK]);
		for (const secret of ['pass-word-1', 'old-token', 'new-token']) {
			expect(credential.secrets.hideInError(secret)).toBe('[removed]');
		}
	});
});

describe('a token that an answer refuses', () => {
	it('is replaced, for this request and those that begin later', async () => {
		const { use, given } = keptCredential();
		expect(await use([REFUSED, OK])).toBe(OK);
		await use([OK]);
		expect(tokens(given)).toEqual(['session.old-token', '', 'session.new-token']);
	});

	it('is not replaced again once that did not help', async () => {
		const { use, given } = keptCredential();
		expect(await use([REFUSED, REFUSED])).toBe(REFUSED);
		expect(await use([REFUSED, OK])).toBe(REFUSED);
		expect(given).toHaveLength(3);
	});

	it('is replaced again if that helped', async () => {
		const { use, given } = keptCredential();
		await use([REFUSED, OK]);
		expect(await use([REFUSED, OK])).toBe(OK);
		expect(given).toHaveLength(4);
	});

	it('counts as a 401 where the request cannot be sent again', async () => {
		const { use, given } = keptCredential();
		expect(await use([REFUSED], 'as 401')).toEqual({ ...REFUSED, statusCode: 401 });
		await use([OK]);
		expect(tokens(given)).toEqual(['session.old-token', '']);
	});

	it('is none if there is no token', async () => {
		const { use, given } = keptCredential('');
		expect(await use([REFUSED], 'again', '')).toBe(REFUSED);
		expect(given).toHaveLength(1);
	});
});
