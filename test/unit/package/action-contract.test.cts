import type { DescribedOperation } from '../../support/package/described-operations.cts';
import { choices, describedOperations } from '../../support/package/described-operations.cts';
import { innerProperties, publishedNode } from '../../support/package/published.cts';
import type { Contract } from './contract.cts';
import { expectContract } from './contract.cts';

const { description } = publishedNode('oneCrm');
const operations = describedOperations(description.properties);

function find(resource: string, operation: string): DescribedOperation {
	const found = operations.find(
		(candidate) => candidate.resource === resource && candidate.operation === operation,
	);
	if (!found) throw new Error(`The node has no operation ${resource}:${operation}`);
	return found;
}

const locator: Contract = {
	module: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
};
const record: Contract = {
	...locator,
	recordId: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
};
const link: Contract = {
	link: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
};
const related: Contract = { relatedIds: { type: 'string', default: '' } };
const list: Contract = {
	returnAll: { type: 'boolean', default: false },
	limit: { type: 'number', default: 50 },
};
const outputFile: Contract = { outputBinaryField: { type: 'string', default: 'data' } };
const fields: Contract = {
	fields: { type: 'resourceMapper', default: { mappingMode: 'defineBelow', value: null } },
};
const returnFields: Contract = { returnFields: { type: 'multiOptions', default: [] } };
/** What a record of a list has to meet. */
const matching: Contract = {
	filterText: { type: 'string', default: '' },
	filters: {
		type: 'fixedCollection',
		default: {},
		inner: {
			filter: { type: 'options', default: '' },
			operator: { type: 'options', default: 'eq' },
			value: { type: 'resourceLocator' },
			valueEnd: { type: 'string', default: '' },
			period: { type: 'options', default: 'month' },
		},
	},
};
const nameAndValue: Contract = {
	name: { type: 'string', default: '' },
	value: { type: 'string', default: '' },
};

/** What every operation has under 'Options', and its own beside it. */
function options(own: Contract = {}): Contract {
	const parallelRequests = { type: 'number' as const, default: 0 };
	const timeout = { type: 'number' as const, default: 60 };
	return {
		options: { type: 'collection', default: {}, inner: { parallelRequests, timeout, ...own } },
	};
}

const off = { type: 'boolean' as const, default: false };
const text = { type: 'string' as const, default: '' };
const choice = { type: 'options' as const, default: '' };

const CONTRACT: Record<string, Record<string, Contract>> = {
	activity: {
		create: {
			...record,
			type: { type: 'options', default: 'call' },
			subject: { type: 'string', default: '' },
			start: { type: 'dateTime', default: '' },
			durationMinutes: { type: 'number', default: 0 },
			status: { type: 'options', default: '' },
			description: { type: 'string', default: '' },
			participants: { type: 'string', default: '' },
			...options(),
		},
		getAll: {
			...record,
			types: { type: 'multiOptions', default: [] },
			...list,
			...options({ convertValues: off }),
		},
	},
	record: {
		count: { ...locator, ...matching, ...options({ includeClosed: off }) },
		create: {
			...locator,
			...fields,
			...options({
				checkDuplicates: off,
				returnRecord: off,
				convertValues: off,
				referencesByName: off,
			}),
		},
		get: { ...record, ...returnFields, ...options({ convertValues: off }) },
		getChanges: {
			...locator,
			...matching,
			...returnFields,
			...options({ convertValues: off, startFrom: { type: 'dateTime', default: '' } }),
		},
		search: {
			...locator,
			...list,
			...returnFields,
			...matching,
			...options({
				convertValues: off,
				includeClosed: off,
				modifiedAfter: { type: 'dateTime', default: '' },
				sortField: { type: 'options', default: '' },
				sortDirection: { type: 'options', default: 'ASC' },
			}),
		},
		update: {
			...record,
			...fields,
			...options({
				returnRecord: off,
				convertValues: off,
				referencesByName: off,
				skipUnchanged: off,
			}),
		},
		upsert: {
			...locator,
			...fields,
			...options({
				checkDuplicates: off,
				returnRecord: off,
				convertValues: off,
				referencesByName: off,
				skipUnchanged: { type: 'boolean', default: true },
			}),
		},
		delete: { ...record, ...options() },
		erasePersonal: {
			...record,
			fieldsToErase: { type: 'multiOptions', default: [] },
			...options(),
		},
	},
	relatedRecord: {
		getAll: { ...record, ...link, ...list, ...options({ convertValues: off }) },
		add: {
			...record,
			...link,
			...related,
			relationFields: { type: 'fixedCollection', default: {} },
			...options(),
		},
		remove: { ...record, ...link, ...related, ...options() },
	},
	salesDocument: {
		create: {
			...locator,
			...fields,
			linesMode: { type: 'options', default: 'define' },
			lines: {
				type: 'fixedCollection',
				default: {},
				inner: {
					comment: text,
					costPrice: text,
					group: text,
					listPrice: text,
					name: text,
					productId: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
					productNumber: text,
					quantity: { type: 'number', default: 1 },
					taxCode: choice,
					unitPrice: text,
				},
			},
			linesJson: { type: 'json', default: '[]' },
			adjustments: {
				type: 'fixedCollection',
				default: {},
				inner: {
					group: text,
					name: text,
					taxCode: choice,
					type: { type: 'options', default: 'percentDiscount' },
					value: text,
				},
			},
			adjustmentsJson: { type: 'json', default: '[]' },
			...options({
				expectedTotal: text,
				referencesByName: off,
				sourceDocument: text,
				onFailure: { type: 'options', default: 'undo' },
			}),
		},
		get: { ...record, ...options() },
		addPayment: {
			recordId: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
			amount: text,
			paymentDate: { type: 'dateTime', default: '={{ $today.toISODate() }}' },
			paymentType: choice,
			...options({ allowOverpayment: off, reference: text }),
		},
	},
	module: { getAll: { ...list, ...options() } },
	field: { getAll: { ...locator, ...list, ...options() } },
	user: { getMe: options() },
	file: {
		upload: {
			inputMode: { type: 'options', default: 'binary' },
			inputBinaryField: { type: 'string', default: 'data' },
			fileName: { type: 'string', default: '' },
			fileContent: { type: 'string', default: '' },
			attachTo: { type: 'options', default: 'none' },
			attachName: { type: 'string', default: '' },
			documentId: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
			...record,
			fileField: { type: 'options', default: '' },
			attachFields: { type: 'fixedCollection', default: {}, inner: nameAndValue },
			...options(),
		},
		getInfo: { ...record, ...options() },
		download: { ...record, ...outputFile, ...options() },
	},
	document: {
		getPdf: {
			...record,
			...outputFile,
			...options({ fileName: { type: 'string', default: '' }, personalData: off }),
		},
	},
	calendarEvent: {
		getAll: {
			start: { type: 'dateTime', default: '' },
			end: { type: 'dateTime', default: '' },
			types: { type: 'multiOptions', default: [] },
			...options({ convertValues: off }),
		},
	},
	auditLog: {
		getAll: {
			...record,
			...list,
			...options({
				changedAfter: { type: 'dateTime', default: '' },
				outputFormat: { type: 'options', default: 'raw' },
			}),
		},
	},
	api: {
		call: {
			method: { type: 'options', default: 'GET' },
			url: { type: 'string', default: '' },
			headers: { type: 'fixedCollection', default: {}, inner: nameAndValue },
			query: { type: 'fixedCollection', default: {}, inner: nameAndValue },
			bodyFormat: { type: 'options', default: 'json' },
			body: { type: 'json', default: '' },
			formFields: { type: 'fixedCollection', default: {}, inner: nameAndValue },
			bodyText: { type: 'string', default: '' },
			inputBinaryField: { type: 'string', default: 'data' },
			fetchPages: { type: 'boolean', default: false },
			...list,
			responseFormat: { type: 'options', default: 'auto' },
			...outputFile,
			...options(),
		},
	},
};

const rows = Object.entries(CONTRACT).flatMap(([resource, own]) =>
	Object.entries(own).map(([operation, contract]) => ({ resource, operation, contract })),
);

describe('the action node', () => {
	it('is called oneCrm, and each resource can be chosen', () => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		expect(resource).toMatchObject({ type: 'options', default: 'record' });
		const values = choices(resource).map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(Object.keys(CONTRACT)));
		expect(description.credentials).toEqual([{ name: 'oneCrmApi', required: true }]);
	});

	it('holds every operation', () => {
		const names = (list: Array<{ resource: string; operation: string }>) =>
			list.map(({ resource, operation }) => `${resource}:${operation}`).sort();
		expect(names(rows)).toEqual(names(operations));
	});

	it.each(rows)('has $resource:$operation with its parameters', (row) => {
		expectContract(find(row.resource, row.operation).parameters, row.contract);
	});

	it('puts conditions, and pairs of name and value, where workflows keep them', () => {
		const groups = (resource: string, operation: string, name: string) => {
			const { parameters } = find(resource, operation);
			const collection = parameters.find((parameter) => parameter.name === name);
			expect(collection?.typeOptions?.multipleValues).toBe(true);
			return collection?.options?.map((option) => option.name);
		};
		expect(groups('record', 'search', 'filters')).toEqual(['conditions']);
		expect(groups('api', 'call', 'headers')).toEqual(['parameters']);
		expect(groups('api', 'call', 'query')).toEqual(['parameters']);
		expect(groups('api', 'call', 'formFields')).toEqual(['parameters']);
		expect(groups('file', 'upload', 'attachFields')).toEqual(['fields']);
	});

	it('has the values that saved workflows hold', () => {
		const values = (resource: string, operation: string, name: string) => {
			const { parameters } = find(resource, operation);
			const property = [...parameters, ...parameters.flatMap(innerProperties)].find(
				(parameter) => parameter.name === name,
			);
			return choices(property).map(({ value }) => value);
		};
		expect(values('record', 'search', 'sortDirection')).toEqual(['ASC', 'DESC']);
		expect(values('file', 'upload', 'inputMode').sort()).toEqual(['binary', 'manual']);
		expect(values('file', 'upload', 'attachTo').sort()).toEqual(
			['document', 'none', 'note', 'record', 'revision'].sort(),
		);
		expect(values('calendarEvent', 'getAll', 'types')).toEqual(
			['Call', 'Meeting', 'ProjectTask', 'Task'].sort(),
		);
		expect(values('auditLog', 'getAll', 'outputFormat').sort()).toEqual(['eventLog', 'raw']);
		expect(values('api', 'call', 'bodyFormat').sort()).toEqual(['file', 'form', 'json', 'text']);
		expect(values('api', 'call', 'responseFormat').sort()).toEqual(['auto', 'file']);
		expect(values('api', 'call', 'method').sort()).toEqual(
			['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].sort(),
		);
	});

	it('finds modules by list and name, records by list, ID and the address of a page', () => {
		const { parameters } = find('record', 'get');
		const modes = (name: string) =>
			parameters.find((parameter) => parameter.name === name)?.modes?.map((mode) => mode.name);
		expect(modes('module')).toEqual(['list', 'name']);
		expect(modes('recordId')).toEqual(['list', 'id', 'url']);
	});

	it("takes the ID out of the address of a record's page", () => {
		const { parameters } = find('record', 'get');
		const recordId = parameters.find((parameter) => parameter.name === 'recordId');
		const mode = recordId?.modes?.find((candidate) => candidate.name === 'url');
		const regex = mode?.extractValue && 'regex' in mode.extractValue && mode.extractValue.regex;
		const idIn = (address: string) => new RegExp(String(regex)).exec(address)?.[1];
		const page = 'https://crm.example.com/1crm/index.php';
		expect(idIn(`${page}?module=Accounts&action=DetailView&record=a-1`)).toBe('a-1');
		expect(idIn(`${page}?record=a-1&module=Accounts#top`)).toBe('a-1');
		expect(idIn(`${page}?module=Accounts&old_record=a-1`)).toBeUndefined();
	});
});
