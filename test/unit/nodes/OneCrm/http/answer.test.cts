import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	confirms,
	flattenErrors,
	isNamelessNotFound,
	refusalIn,
	serverMessage,
} from '../../../../../nodes/OneCrm/http/answer';
import type { JsonValue } from '../../../../../nodes/OneCrm/http/json';
import { asMap, isJsonObject, parseJson } from '../../../../../nodes/OneCrm/http/json';
import { CASES } from '../../cases.cts';

describe('parseJson', () => {
	it('reads any JSON, with a byte order mark and white space around it', () => {
		const space = fc.stringMatching(/^[\uFEFF \t\r\n]*$/);
		fc.assert(
			fc.property(fc.json(), space, fc.stringMatching(/^[ \t\r\n]*$/), (text, before, behind) => {
				expect(parseJson(`${before}${text}${behind}`)).toEqual(JSON.parse(text));
			}),
			CASES,
		);
	});

	it('never throws, and gives undefined for what is no JSON', () => {
		const broken = fc
			.tuple(fc.json(), fc.nat(), fc.string())
			.map(([text, at, inserted]) => text.slice(0, at % text.length) + inserted);
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), broken), (text) => {
				const value = parseJson(text);
				if (value === undefined) expect(() => JSON.parse(text)).toThrow();
			}),
			CASES,
		);
	});

	it.each([
		'',
		' \n',
		'\uFEFF',
		'<!DOCTYPE html><title>Log in</title>',
		'{"a":1} Notice: x',
		"{'a'}",
	])('takes %j for no JSON', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});

	it('survives any depth', () => {
		expect(parseJson('['.repeat(100_000))).toBeUndefined();
		expect(parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toHaveLength(1);
	});
});

describe('a map of PHP', () => {
	it('may be an empty list, which is an empty map', () => {
		expect(asMap([])).toEqual({});
		expect(asMap(null)).toEqual({});
		expect(asMap('')).toEqual({});
		expect(asMap({ a: 1 })).toEqual({ a: 1 });
	});

	it('is an object, neither null nor a list', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const isObject = JSON.stringify(value).startsWith('{');
				expect(isJsonObject(value)).toBe(isObject);
				expect(asMap(value)).toEqual(isObject ? value : {});
			}),
			CASES,
		);
	});
});

describe('serverMessage', () => {
	it.each<[JsonValue | undefined, string | undefined]>([
		[{ message: 'Model Acount not found' }, 'Model Acount not found'],
		[
			{ error: 'access_denied', message: 'Denied.', hint: 'Missing "Authorization" header' },
			'Denied. (Missing "Authorization" header)',
		],
		[{ error: { message: 'Not allowed' } }, 'Not allowed'],
		[{ message: '', error: { message: 'Not allowed' } }, 'Not allowed'],
		[{ error: 'invalid_client', error_description: 'Client failed' }, 'Client failed'],
		[{ errors: ['Name is missing', 'Stage is missing'] }, 'Name is missing; Stage is missing'],
		[{ error: 'invalid_scope' }, 'invalid_scope'],
		[' Not found ', 'Not found'],
		['', undefined],
		[{ message: ' ', hint: 'alone' }, undefined],
		[{ message: 'Denied', hint: '' }, 'Denied'],
		[{ message: 'Denied', hint: { more: 1 } }, 'Denied'],
		[{ message: 5 }, undefined],
		[{}, undefined],
		[[], undefined],
		[null, undefined],
		[undefined, undefined],
	])('reads %j', (body, message) => {
		expect(serverMessage(body)).toBe(message);
	});

	it('gives no more of a long text than a person reads', () => {
		const long = 'x'.repeat(5000);
		for (const body of [long, { message: long }, { message: 'No', hint: long }]) {
			expect(serverMessage(body)).toHaveLength(4000);
		}
	});

	it('never throws, and never gives an empty text', () => {
		const key = fc.constantFrom('message', 'error', 'errors', 'hint', 'error_description');
		const body = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue()));
		fc.assert(
			fc.property(body, (answer) => {
				expect(serverMessage(answer as JsonValue)?.trim()).not.toBe('');
			}),
			CASES,
		);
	});
});

describe('flattenErrors', () => {
	it.each([
		['Duplicate', 'Duplicate'],
		[['A', 'B'], 'A; B'],
		[
			{ last_name: 'is missing', email1: ['is wrong', 'is taken'] },
			'last_name: is missing; email1: is wrong; email1: is taken',
		],
		[[{ message: 'Exists', id: 'c1' }], 'Exists (ID c1)'],
		[[{ name: 'Ada Byron', id: 'c2' }], 'Ada Byron (ID c2)'],
		[[{ id: 'c3' }], 'ID c3'],
		[[{ name: 'Ada Byron', id: 3 }], 'Ada Byron'],
		[[{ name: 5, stage: 'is missing' }], 'name: 5; stage: is missing'],
		[{ stage: ['', 'is missing', 0] }, 'stage: is missing'],
		[409, '409'],
		[0, undefined],
		[true, undefined],
		[[[[[['deep']]]]], 'deep'],
		[[[[[[['too deep']]]]]], undefined],
		[{ a: { b: { c: { d: { e: 'deep' } } } } }, 'a: b: c: d: e: deep'],
		[{ a: { b: { c: { d: { e: { f: 'too deep' } } } } } }, undefined],
		['', undefined],
		[[], undefined],
		[{}, undefined],
		[null, undefined],
		[undefined, undefined],
	])('makes one text of %j', (errors, text) => {
		expect(flattenErrors(errors)).toBe(text);
	});
});

describe('refusalIn', () => {
	it.each<[IDataObject, string]>([
		[{ errors: ['A duplicate'] }, 'A duplicate'],
		[{ errors: ['A duplicate'], id: '1' }, 'A duplicate'],
		[{ error: 'A duplicate', id: '1' }, 'A duplicate'],
		[{ message: 'You may not delete this' }, 'You may not delete this'],
		[{ message: 'No', hint: 'Ask', error: 'denied' }, 'No (Ask)'],
		[{ error: { message: 'No' } }, 'No'],
		[{ result: false, message: 'Locked' }, 'Locked'],
		[{ success: false, message: 'Locked', by: 'Ada' }, 'Locked'],
		[{ status: ' Failed ', id: '1', message: 'Locked' }, 'Locked'],
		[{ status: 'error', id: '1', message: 'Locked' }, 'Locked'],
		[{ status: 'failure', id: '1', message: 'Locked' }, 'Locked'],
		[{ result: 'no', id: '1', message: 'Locked' }, 'Locked'],
		[{ result: 'Off', id: '1', message: 'Locked' }, 'Locked'],
		[{ result: 0, id: '1', message: 'Locked' }, 'Locked'],
		[{ success: '0', id: '1', message: 'Locked' }, 'Locked'],
		[{ code: 5, message: 'Locked', records: [], total: 0, offset: '0' }, 'Locked'],
		[{ result: [], message: 'Locked' }, 'Locked'],
		[{ result: { id: null, name: '' }, message: 'Locked' }, 'Locked'],
		[{ result: false, locked_by: 'Ada' }, '1CRM rejected the request without giving a reason'],
	])('finds it in %j', (body, said) => {
		expect(refusalIn(body)).toBe(said);
	});

	it.each(['code', 'hint', 'error_description', 'status', 'success', 'result'])(
		'takes an answer with nothing but a message and %j for one',
		(key) => {
			expect(refusalIn({ message: 'Locked', [key]: 'x' })).toMatch(/^Locked/);
		},
	);

	it.each<IDataObject>([
		{},
		{ result: true },
		{ result: true, message: 'Saved' },
		{ success: true, message: 'Webhook Created' },
		{ id: '1', message: 'Saved' },
		{ record: { id: '1' }, errors: [] },
		{ records: [], total_results: 0 },
		{ status: 'ok' },
		{ status: 'Failed Once', id: '1', message: 'Saved' },
		{ status: ['error'], id: '1', message: 'Saved' },
		{ result: { id: '1' }, message: 'Saved' },
		{ result: ['1'], message: 'Saved' },
		{ result: ['no'], id: '1', message: 'Saved' },
		{ result: { id: '1', name: '' }, message: 'Saved' },
		{ result: ' OK ', message: 'Saved' },
		{ success: 'yes', message: 'Saved' },
		{ result: null, id: '1', message: 'Saved' },
		{ total: 1, message: 'Saved' },
		{ rows: { a: 1 }, message: 'Saved' },
	])('finds none in %j', (body) => {
		expect(refusalIn(body)).toBeUndefined();
	});
});

describe('confirms', () => {
	it.each<IDataObject>([
		{ result: true },
		{ result: 'on' },
		{ result: 1 },
		{ result: { id: '1' } },
		{ success: '1' },
		{ id: '1' },
	])('takes %j for a change that was made', (body) => {
		expect(confirms(body)).toBe(true);
	});

	it.each<IDataObject>([
		{},
		{ result: null, id: '1' },
		{ result: false },
		{ result: [] },
		{ result: 'maybe' },
		{ success: false },
		{ message: 'Hello', total: 0 },
		{ error: 'x' },
		{ errors: ['x'] },
	])('does not take %j for one', (body) => {
		expect(confirms(body)).toBe(false);
	});
});

describe('isNamelessNotFound', () => {
	it.each(['Not found', 'not found.', 'NOT FOUND'])('knows %j', (said) => {
		expect(isNamelessNotFound(said)).toBe(true);
	});

	it.each(['', 'Not found: link', 'Module not found', 'Not found..'])(
		'does not take %j for it',
		(said) => {
			expect(isNamelessNotFound(said)).toBe(false);
		},
	);
});
