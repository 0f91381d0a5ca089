import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpRequestNode, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'SalesOrder';
const PARTS = ['LineGroup', 'Line', 'Adjustment'].map((part) => `${MODEL}${part}`);
const TAX_CODE = 'Standard';

/** 9.99 for each line, and 20 % tax. */
const PRICE = 9.99;

const money = (amount: number): string => amount.toFixed(2);

/**
 * A sales order with its lines: the node beside a chain of HTTP Request nodes, for which somebody has already worked out
 * the amounts and looked up the ids.
 */
export function salesDocument(credentials: BenchCredentials, count: number): Contest {
	const subtotal = money(count * PRICE);
	const tax = money(count * PRICE * 0.2);
	const total = money(count * PRICE * 1.2);
	const names = Array.from({ length: count }, (_, number) => `Line ${number}`);
	const header = { name: 'Order', billing_account_id: 'account-1' };
	const amounts = { subtotal, amount: total };
	const values = { quantity: 1, unit_price: PRICE, ext_price: PRICE };
	const rows = names.map((name, position) => ({ ...values, name, position }));

	const creating = {
		resource: 'salesDocument',
		operation: 'create',
		module: { __rl: true, mode: 'name', value: MODEL },
		fields: { mappingMode: 'defineBelow', value: header },
		linesMode: 'json',
		linesJson: '={{ $json.lines }}',
		adjustmentsJson: '[]',
	};
	const posting = (part: string, body: string, options: INodeParameters = {}) =>
		httpRequestNode(credentials, {
			...{ method: 'POST', path: `data/${MODEL}${part}`, sendBody: true },
			...{ specifyBody: 'json', jsonBody: `={{ { data: ${body} } }}`, options },
		});
	const document =
		"sales_orders_id: $('Step 1').first().json.id, line_group_id: $('Step 2').first().json.id";
	const chain = (options: INodeParameters) => [
		posting('', JSON.stringify({ ...header, subtotal, pretax: subtotal, amount: total })),
		posting(
			'LineGroup',
			`{ parent_id: $json.id, name: '', position: 0, subtotal: '${subtotal}', total: '${total}' }`,
		),
		{
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				...{ mode: 'raw', options: {} },
				jsonOutput: "={{ { lines: $('Start').first().json.rows } }}",
			},
		},
		{
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'lines', options: {} },
		},
		posting('Line', `{ ...$json, ${document} }`, options),
		{
			...posting(
				'Adjustment',
				`{ ${document}, position: 0, type: 'StandardTax', name: 'VAT', rate: 20, amount: '${tax}' }`,
			),
			executeOnce: true,
		},
		httpRequestNode(credentials, { path: `=tally/${MODEL}/{{ $('Step 1').first().json.id }}` }),
	];
	const lines = names.map((name) => ({ name, unitPrice: PRICE, taxCode: TAX_CODE }));
	const isWhole = ([first]: INodeExecutionData[]): void => {
		const { totals } = first.json as { totals?: { total?: string } };
		const shown = totals?.total ?? first.json.total;
		if (shown !== total) throw new Error(`A total of ${String(shown)}, not ${total}`);
	};
	const byHand = (name: string, options: INodeParameters) =>
		workflowContestant({
			...{ name, nodes: chain(options), items: [{ json: { rows } }], check: isWhole },
		});
	return {
		title: `Create a sales order of ${count} lines`,
		count,
		contestants: [
			workflowContestant({
				name: '1CRM',
				nodes: [oneCrmNode(credentials, creating)],
				items: [{ json: { lines } }],
				check: isWhole,
			}),
			byHand('Five HTTP Requests, all lines at once', {}),
			byHand('Five HTTP Requests, lines in batches of 8', {
				batching: { batch: { batchSize: 8, batchInterval: 50 } },
			}),
			floor(() => [
				...['', 'LineGroup', 'Adjustment'].map((part) => [
					{
						method: 'POST',
						path: `data/${MODEL}${part}`,
						data: { data: { ...header, ...amounts } },
					},
				]),
				...rows.map((data) => [{ method: 'POST', path: `data/${MODEL}Line`, data: { data } }]),
			]),
		],
		prepare: ({ sandbox }: Stage) => {
			for (const model of [MODEL, ...PARTS]) sandbox.clear(model);
			if (!sandbox.record('Account', 'account-1')) {
				sandbox.insert('Account', { id: 'account-1', name: 'Birch Ltd' });
			}
		},
		check: ({ sandbox }) => {
			const made = new Set(sandbox.records(`${MODEL}Line`).map(({ name }) => name));
			if (made.size !== count || sandbox.records(MODEL).length !== 1) {
				throw new Error(`${made.size} lines, not ${count}`);
			}
		},
	};
}
