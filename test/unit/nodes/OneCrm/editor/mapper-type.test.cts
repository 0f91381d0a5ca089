import { mapperType } from '../../../../../nodes/OneCrm/editor/mapperFields';
import { KINDS } from '../crm/owner.cts';

it("each kind has one of the mapper's widgets", () => {
	expect(KINDS.map(mapperType)).toEqual([
		'boolean',
		'dateTime',
		'dateTime',
		'number',
		'number',
		'array',
		'options',
		'string',
	]);
});
