import { getContact } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

describe.each([0, 300, 1500])('With %i fields more', (customFields) => {
	const { sandbox, engine } = engineWithSandbox({ variants: { customFields } });

	it('Modified After and a single record return all of them', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		const own = Array.from({ length: customFields }, (_, index) => `own_description_${index + 1}`);
		const names = ['id', 'last_name', ...own];
		const missingIn = (record: object) => names.filter((name) => !(name in record));
		const search = { resource: 'record', operation: 'search', module: 'Contact', returnAll: true };
		const modifiedAfter = '2020-01-01';
		const [found] = await engine.items({ ...search, options: { modifiedAfter } });
		expect(found).toMatchObject({ id, last_name: 'Berg' });
		expect(missingIn(found)).toEqual([]);
		const [got] = await engine.items({ ...getContact(id), returnFields: names });
		expect(got).toMatchObject({ id, last_name: 'Berg' });
		expect(missingIn(got)).toEqual([]);
		expect(sandbox.requests.every(({ status }) => status === 200)).toBe(true);
	});
});
