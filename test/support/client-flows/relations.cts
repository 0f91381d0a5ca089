import { type Flow, withEither } from './flow.cts';

/** Related records. */
export const relations: Flow[] = [
	withEither({
		source: 'data/related',
		shows: 'List the accounts of a contact',
		standsFor: 'Related Record > Get Many',
		async run({ client, sandbox }) {
			const contact = sandbox.insert('Contact', { last_name: 'Abramowitz' });
			for (const [name, balance] of Object.entries({
				'360 Vacations': 3222.22,
				'ABC FUEL CO': 0,
			})) {
				const account = sandbox.insert('Account', { name, balance });
				sandbox.link('Contact', contact, 'accounts', account);
			}
			const accounts = await client.related(['Contact', contact, 'accounts'], {}, 0, 2);
			expect(accounts.total_results).toBe(2);
			expect(accounts.records[0]).toEqual({
				balance: '3222.22',
				balance_payable: '0',
				is_supplier: '0',
				credit_limit: null,
				purchase_credit_limit: null,
				currency_id: '-99',
				id: expect.any(String),
				credit_limit_usd: null,
				currency: 'US Dollar: $',
				exchange_rate: '1',
				purchase_credit_limit_usd: null,
				name: '360 Vacations',
				_display: '360 Vacations',
			});
		},
	}),
	withEither({
		source: 'data/add-related',
		shows: 'Link the accounts of one contact to another',
		standsFor: 'Related Record > Add',
		async run({ client, sandbox }) {
			const [from, to] = ['Abramowitz', 'Alejo'].map((last_name) =>
				sandbox.insert('Contact', { last_name }),
			);
			for (const name of ['A', 'B']) {
				sandbox.link('Contact', from, 'accounts', sandbox.insert('Account', { name }));
			}
			const { records } = await client.related(['Contact', from, 'accounts']);
			const ids = records.map(({ id }) => String(id));
			expect(await client.addRelated(['Contact', to, 'accounts'], ids)).toEqual({ result: true });
			expect([...sandbox.linked('Contact', to, 'accounts').keys()]).toEqual(ids);
		},
	}),
	withEither({
		source: 'data/add-related',
		shows: 'Link a product to an assembly, with its quantity',
		standsFor: "Related Record > Add, 'Relation Fields'",
		async run({ client, sandbox }) {
			const assembly = sandbox.insert('Assembly', { name: 'Kit' });
			const product = sandbox.insert('Product', { name: 'Screw' });
			const products = { [product]: { quantity: 2 } };
			const added = await client.addRelated(['Assembly', assembly, 'products'], products);
			expect(added).toEqual({ result: true });
			expect(sandbox.linked('Assembly', assembly, 'products').get(product)).toEqual({
				quantity: 2,
			});
		},
	}),
	withEither({
		source: 'examples/project-tasks',
		shows: 'List the tasks of a project',
		standsFor: 'Related Record > Get Many',
		async run({ client, sandbox }) {
			const project = sandbox.insert('Project', { name: 'Robot' });
			const values = { date_due: '2018-03-08', status: 'In Progress' };
			for (let number = 1; number <= 11; number++) {
				sandbox.insert('ProjectTask', { name: `Task ${number}`, parent_id: project, ...values });
			}
			const fields = ['name', 'date_due', 'status'];
			const tasks = await client.related(['Project', project, 'project_tasks'], { fields }, 0, 5);
			expect([tasks.records.length, tasks.total_results]).toEqual([5, 11]);
			const name = 'Task 1';
			expect(tasks.records[0]).toEqual({ name, ...values, id: expect.any(String), _display: name });
		},
	}),
	withEither({
		source: 'examples/add-contact',
		shows: 'Link a contact to an account, and then two at once',
		standsFor: 'Related Record > Add',
		async run({ client, sandbox }) {
			const account = sandbox.insert('Account', { name: 'Berg' });
			const [first, second] = ['A', 'B'].map((last_name) =>
				sandbox.insert('Contact', { last_name }),
			);
			const link: [string, string, string] = ['Account', account, 'contacts'];
			expect(await client.addRelated(link, [first])).toEqual({ result: true });
			expect(await client.addRelated(link, [first, second])).toEqual({ result: true });
			expect([...sandbox.linked('Account', account, 'contacts').keys()]).toEqual([first, second]);
		},
	}),
	withEither({
		source: 'examples/add-product',
		shows: 'Link two products to an assembly, each with its quantity',
		standsFor: "Related Record > Add, 'Relation Fields'",
		async run({ client, sandbox }) {
			const assembly = sandbox.insert('Assembly', { name: 'Kit' });
			const [first, second] = ['A', 'B'].map((name) => sandbox.insert('Product', { name }));
			const products = { [first]: { quantity: 2 }, [second]: { quantity: 1 } };
			const added = await client.addRelated(['Assembly', assembly, 'products'], products);
			expect(added).toEqual({ result: true });
			expect(Object.fromEntries(sandbox.linked('Assembly', assembly, 'products'))).toEqual(
				products,
			);
		},
	}),
	withEither({
		source: 'examples/delete-related',
		shows: 'Unlink a product from an assembly',
		standsFor: 'Related Record > Remove',
		async run({ client, sandbox }) {
			const assembly = sandbox.insert('Assembly', { name: 'Kit' });
			const product = sandbox.insert('Product', { name: 'Screw' });
			sandbox.link('Assembly', assembly, 'products', product);
			const path = `/data/Assembly/${assembly}/products/${product}`;
			expect(await client.delete(path)).toEqual({ result: true });
			expect(sandbox.linked('Assembly', assembly, 'products').size).toBe(0);
		},
	}),
];
