import { Random } from '../../sandbox/random.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { itemsOf, upsertingInput } from '../upserting.cts';

const KEYS = 500;
const UPSERTS = 1000;

const { sandbox, engine } = engineWithSandbox();

it('makes 500 records of 1,000 upserts over 500 keys, however often they run', async () => {
	// Every key twice, in an order that is neither sorted nor the same key twice in a row only.
	const keys = new Random(7).shuffled(Array.from({ length: UPSERTS }, (_, index) => index % KEYS));
	const items = itemsOf(
		keys.map((key, index) => ({
			last_name: `Name ${key}`,
			email1: `person-${key}@berg.example`,
			title: `Item ${index}`,
		})),
	);
	const upserting = upsertingInput(['email1'], { options: { parallelRequests: 8 } });

	const first = await engine.items(upserting, { items });
	expect(sandbox.records('Contact')).toHaveLength(KEYS);
	expect(first.filter(({ _upsert }) => _upsert === 'created')).toHaveLength(KEYS);
	expect(first.filter(({ _upsert }) => _upsert === 'updated')).toHaveLength(KEYS);

	const second = await engine.items(upserting, { items });
	expect(sandbox.records('Contact')).toHaveLength(KEYS);
	expect(second.filter(({ _upsert }) => _upsert === 'updated')).toHaveLength(UPSERTS);

	const idOfKey = new Map(sandbox.records('Contact').map(({ id, email1 }) => [email1, id]));
	const wanted = keys.map((key) => idOfKey.get(`person-${key}@berg.example`));
	expect(first.map(({ id }) => id)).toEqual(wanted);
	expect(second.map(({ id }) => id)).toEqual(wanted);
	for (const { email1, title } of sandbox.records('Contact')) {
		const last = [...items].reverse().find(({ json }) => json.email1 === email1);
		expect(title).toBe(last?.json.title);
	}
}, 120_000);
