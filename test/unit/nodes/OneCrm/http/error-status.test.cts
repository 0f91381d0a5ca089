import { NodeApiError } from 'n8n-workflow';
import {
	CrmError,
	isNotFound,
	isNotOffered,
	isUndecided,
	isUnknown,
} from '../../../../../nodes/OneCrm/http/errors';
import { node } from './node.cts';

const answered = (httpCode?: string) => new NodeApiError(node, {}, { message: 'No', httpCode });

describe('the status of an error', () => {
	it('tells that something is not there', () => {
		expect(isNotFound(answered('404'))).toBe(true);
		expect(isNotFound(answered('403'))).toBe(false);
		expect(isNotFound(answered())).toBe(false);
	});

	it('tells that 1CRM does not offer something, in this version or to this user', () => {
		for (const status of ['403', '404', '405', '501'])
			expect(isNotOffered(answered(status))).toBe(true);
		for (const status of ['401', '429', '500']) expect(isNotOffered(answered(status))).toBe(false);
	});

	it('decides nothing where none came, or the server itself failed', () => {
		for (const error of [answered(), answered('500'), answered('503')]) {
			expect(isUndecided(error)).toBe(true);
		}
		for (const status of ['200', '401', '404']) expect(isUndecided(answered(status))).toBe(false);
		expect(isUndecided(new Error())).toBe(false);
	});

	it('does not tell whether something was done, unless that was noted', () => {
		expect(isUnknown(answered())).toBe(false);
		const error = new CrmError(node, { message: 'No' });
		expect(isUnknown(error)).toBe(false);
		error.outcome = 'unknown';
		expect(isUnknown(error)).toBe(true);
	});

	it('is only in errors of the server', () => {
		expect(isNotFound(new Error('404'))).toBe(false);
		expect(isNotOffered({ httpCode: '404' })).toBe(false);
	});
});
