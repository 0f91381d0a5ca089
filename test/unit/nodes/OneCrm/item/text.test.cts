import { tryToParseDateTime } from 'n8n-workflow';
import { asText } from '../../../../../nodes/OneCrm/item/values';

it('the text of a parameter is what people would write', () => {
	const moment = tryToParseDateTime('2026-07-14T09:30:00Z', 'UTC');
	expect(['a', 5, true, null, undefined, ''].map(asText)).toEqual(['a', '5', 'true', '', '', '']);
	expect(asText({ a: ['ä', 1] })).toBe('{"a":["ä",1]}');
	expect(asText(new Date('2026-07-14T09:30:00Z'))).toBe('2026-07-14T09:30:00.000Z');
	expect(asText(moment)).toBe('2026-07-14T09:30:00.000Z');
});
