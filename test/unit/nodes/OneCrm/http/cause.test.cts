import { causeOf, noting } from '../../../../../nodes/OneCrm/http/cause';
import { LoginError } from '../../../../../nodes/OneCrm/http/login';

const DATA = {};
const response = { status: 200, headers: {} };

it.each([
	['by its code', { cause: { code: 'ECONNRESET', config: {} } }, { code: 'ECONNRESET' }],
	['with an answer', { cause: { code: 'X', config: {}, response } }, { code: 'X', response }],
	['if it is not of the network', { message: 'No', cause: { code: 'X' } }, { message: 'No' }],
	['if n8n 1 keeps only the code', { httpCode: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }],
	['if n8n 1 keeps a code with a number', { httpCode: 'E_TLS1' }, { code: 'E_TLS1' }],
	['if n8n 1 keeps only a status', { httpCode: '200' }, { code: 'ERR_BAD_RESPONSE' }],
	['if n8n 1 keeps only words', { message: 'No', httpCode: null }, { message: 'No' }],
])('an error of a request is known %s', (_, thrown, cause) => {
	const found = causeOf(thrown, DATA);
	expect(found).toEqual(cause);
});

describe('a log-in that failed', () => {
	const failure = new LoginError({ message: 'Wrong' }, false);

	it('is known by the data of its credential, and by no other', async () => {
		const data = {};
		await expect(noting(data, Promise.reject(failure))).rejects.toBe(failure);
		expect(causeOf({ message: 'Wrong' }, data)).toBe(failure);
		for (const other of [DATA, { ...data }]) {
			expect(causeOf({ message: 'Wrong' }, other)).toEqual({ message: 'Wrong' });
		}
		expect(JSON.stringify(data)).toBe('{}');
	});

	it('is the last one, if several fail with the same data', async () => {
		const data = {};
		const last = new LoginError({ message: 'Still wrong' }, false);
		for (const error of [failure, last]) {
			await expect(noting(data, Promise.reject(error))).rejects.toBe(error);
		}
		expect(causeOf({ message: 'Still wrong' }, data)).toBe(last);
	});

	it('is known by the error of n8n 2', () => {
		expect(causeOf({ cause: failure }, DATA)).toBe(failure);
	});

	it('is not what else was thrown', async () => {
		const data = {};
		const other = new Error('No such domain');
		await expect(noting(data, Promise.reject(other))).rejects.toBe(other);
		expect(causeOf({ message: 'No such domain' }, data)).toEqual({ message: 'No such domain' });
		expect(await noting(data, Promise.resolve('session'))).toBe('session');
	});
});
