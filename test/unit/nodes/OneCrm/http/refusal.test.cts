import { Readable } from 'node:stream';
import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { isTokenRefused, textOf, withReadRefusal } from '../../../../../nodes/OneCrm/http/refusal';

const answer = (statusCode: number, body: IN8nHttpFullResponse['body']): IN8nHttpFullResponse => ({
	statusCode,
	body,
	headers: {},
});

describe('the text of a refusal that comes as a stream', () => {
	it('is put together from its pieces', async () => {
		expect(await textOf(Readable.from([Buffer.from('access_'), Buffer.from('denied')]))).toBe(
			'access_denied',
		);
	});

	it('is not read without end', async () => {
		let pieces = 0;
		const endless = Readable.from(
			(async function* () {
				for (;;) {
					pieces++;
					yield Buffer.alloc(100_000, 'x');
				}
			})(),
		);
		expect(await textOf(endless)).toHaveLength(1_100_000);
		expect(pieces).toBeLessThan(40);
		expect(endless.destroyed).toBe(true);
	});

	it('is empty if it breaks off', async () => {
		const broken = new Readable({ read: () => undefined });
		broken.push('access');
		broken.destroy(new Error('gone'));
		expect(await textOf(broken)).toBe('');
	});
});

describe('an answer that may refuse the token', () => {
	it.each([400, 401, 403])('with the status %d is read', async (status) => {
		const read = await withReadRefusal(answer(status, Readable.from([Buffer.from('No')])));
		expect(read).toEqual(answer(status, 'No'));
	});

	it('is left alone if it is text, or has another status', async () => {
		const text = answer(401, 'No');
		expect(await withReadRefusal(text)).toBe(text);
		const file = answer(200, Readable.from([Buffer.from('A file')]));
		expect(await withReadRefusal(file)).toBe(file);
	});

	it.each([
		[401, ''],
		[400, '{"error":"access_denied"}'],
		[403, '{"error": "ACCESS_DENIED"}'],
	])('with %d and %j refuses it', (status, body) => {
		expect(isTokenRefused(answer(status, body))).toBe(true);
	});

	it.each([
		[400, '{"error":"invalid"}'],
		[403, 'access_denied'],
		[404, '{"error":"access_denied"}'],
		[200, '{"error":"access_denied"}'],
	])('with %d and %j does not', (status, body) => {
		expect(isTokenRefused(answer(status, body))).toBe(false);
	});
});
