import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	CrmError,
	doubtOf,
	isClearNo,
	isForbidden,
	isIdTaken,
	isMissing,
	isNotFound,
	isNotOffered,
	isUndecided,
	isUnknown,
	refusesOrder,
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

	it('tells that a record is missing, unless it is about a module', () => {
		const said = (message: string, status = 404) => new CrmError(node, { message }, { status });
		expect(isMissing(said('Contact "1" was not found'))).toBe(true);
		expect(isMissing(said('No Model like this'))).toBe(true);
		for (const message of ['Model Acount not found', 'model Acount not found']) {
			expect(isMissing(said(message))).toBe(false);
		}
		expect(isMissing(said('Contact "1" was not found', 400))).toBe(false);
	});

	it('tells that the user may not do this, which a refused log-in does not', () => {
		expect(isForbidden(answered('403'))).toBe(true);
		expect(isForbidden(new CrmError(node, { message: 'No' }, { status: 403 }))).toBe(true);
		expect(isForbidden(answered('401'))).toBe(false);
		const isLogin = true;
		expect(isForbidden(new CrmError(node, { message: 'No' }, { status: 403, isLogin }))).toBe(
			false,
		);
	});

	it('tells that it would be useless to look at the result', () => {
		for (const status of [undefined, '401', '403']) expect(isClearNo(answered(status))).toBe(true);
		for (const status of ['404', '500']) expect(isClearNo(answered(status))).toBe(false);
		expect(isClearNo(new Error())).toBe(false);
	});

	it('tells that 1CRM may have refused the order of a list', () => {
		for (const status of ['400', '422', '500']) expect(refusesOrder(answered(status))).toBe(true);
		for (const status of ['401', '404', '503', undefined]) {
			expect(refusesOrder(answered(status))).toBe(false);
		}
	});

	it('tells that an ID is taken, or the words of the database do', () => {
		expect(isIdTaken(answered('409'))).toBe(true);
		expect(isIdTaken(new Error("Duplicate entry '1' for key 'PRIMARY'"))).toBe(true);
		expect(isIdTaken(answered('400'))).toBe(false);
	});
});

describe('an error of 1CRM', () => {
	it('is called like those of n8n, and says nothing of what it does not know', () => {
		const error = new CrmError(node, { message: 'No' });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'No',
			httpCode: null,
			outcome: 'refused',
			isLogin: false,
		});
		expect(error.context.data).toBeUndefined();
	});

	it('keeps a message that n8n would take for an error code', () => {
		const message = 'A preexisting record, ECONNREFUSED';
		expect(new CrmError(node, { message }, { status: 400 }).message).toBe(message);
	});

	it.each([
		[{ hint: 'x' }, { hint: 'x' }],
		[['x'], undefined],
		['x', undefined],
		[null, undefined],
	])('shows of the answer %j only a map', (body, data) => {
		expect(new CrmError(node, { message: 'No' }, { body }).context.data).toEqual(data);
	});

	it('warns where 1CRM may have done its work', () => {
		const error = new CrmError(node, { message: 'No' }, { outcome: 'unknown' });
		expect(doubtOf(error)).toMatch(/^1CRM may have applied this change anyway/);
		for (const outcome of ['refused', 'not sent'] as const) {
			expect(doubtOf(new CrmError(node, { message: 'No' }, { outcome }))).toBeUndefined();
		}
		expect(doubtOf(new NodeOperationError(node, 'No'))).toBeUndefined();
	});
});
