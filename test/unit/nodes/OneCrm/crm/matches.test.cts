import type { IDataObject } from 'n8n-workflow';
import { findMatches, matchValues } from '../../../../../nodes/OneCrm/crm/matching';
import { clientWith } from './scripted-client.cts';

const COMPOSED = 'M\u00fcller';
const IN_TWO_PARTS = 'Mu\u0308ller';
const METADATA = { fields: { last_name: { type: 'varchar' } }, filters: { last_name: {} } };

/** The records that are found by a name, and the names that were asked for, on a server that tells the forms apart. */
async function found(wanted: string, ...stored: string[]) {
	const records = stored.map((last_name, index): IDataObject => ({ id: `c${index}`, last_name }));
	const asked: string[] = [];
	const { crm } = clientWith(({ path, query }) => {
		if (path.startsWith('meta/')) return METADATA;
		const { last_name } = query?.filters as { last_name: string };
		if (query?.offset === 0) asked.push(last_name);
		const matches = records.filter((record) => record.last_name === last_name);
		return { records: matches.slice(Number(query?.offset)), total_results: matches.length };
	});
	const metadata = await crm.metadata('Contact');
	const values = matchValues('Contact', metadata, ['last_name'], { last_name: wanted });
	const matches = await findMatches(crm, 'Contact', values);
	return { ids: matches.map(({ id }) => id), asked };
}

it.each([COMPOSED, IN_TWO_PARTS])(
	'a record is found by %j in the usual form alone',
	async (wanted) => {
		expect(await found(wanted, COMPOSED)).toEqual({ ids: ['c0'], asked: [COMPOSED] });
	},
);

it('a record with letters in two parts is found, too', async () => {
	const both = { ids: ['c0'], asked: [COMPOSED, IN_TWO_PARTS] };
	expect(await found(COMPOSED, IN_TWO_PARTS)).toEqual(both);
});

it('a name without such letters is looked for once', async () => {
	expect(await found('Berg')).toEqual({ ids: [], asked: ['Berg'] });
});
