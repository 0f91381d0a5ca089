import type { SalesVariants, Variants, WebhookVariants } from '../sandbox/variants.cts';
import type { Settings } from './settings.cts';

/** A fact, and its answer. */
type Noticed = [fact: string, answer: string];

/** What is noticed of a switch: for each of its values or, of a switch that has any number, for some. */
type Values<Value> = [Value] extends [boolean]
	? Record<'true' | 'false', Noticed>
	: [Value] extends [string]
		? string extends Value
			? Array<[Value, ...Noticed]>
			: Record<Value, Noticed>
		: Array<[Value, ...Noticed]>;

type ServerSwitches = Omit<Variants, 'sales' | 'webhooks' | keyof typeof UNASKABLE.server>;
type SalesSwitches = Omit<SalesVariants, keyof typeof UNASKABLE.sales>;
type WebhookSwitches = Omit<WebhookVariants, keyof typeof UNASKABLE.webhooks>;

interface NoticedSwitches {
	server: { [Name in keyof ServerSwitches]: Values<Variants[Name]> };
	sales: { [Name in keyof SalesSwitches]: Values<SalesVariants[Name]> };
	webhooks: { [Name in keyof WebhookSwitches]: Values<WebhookVariants[Name]> };
}

/** Switches that a server cannot be asked about, and why. */
export const UNASKABLE = {
	server: {
		hiddenFromPages: 'what is hidden from a user cannot be seen by that user',
		linkedTwice: 'the check links nothing',
		customFields: 'any number is right',
		unusedAuditValue: 'both forms are read, and a log may have no long value',
		auditReaders: 'the check has one user',
		auditParent: 'no answer of the node depends on it',
		auditsCreation: "'Audit Log > Get Many' shows it",
		auditTies: 'any order may be one by chance',
		auditDelay: "'Audit Log > Get Many' shows it",
		auditLag: 'only a delivery that is held back would tell',
	},
	sales: {
		linkRowId: 'a payment and its invoice would have to be written, and may stay behind',
		paymentsLink: 'the same',
		undeletableInvoice: 'an invoice that cannot be deleted would stay behind',
	},
	webhooks: {
		addressLength: 'an address that is too long would stay behind',
		atOnce: 'only a burst of events would tell, and that is a load test',
		listedIds: "'Webhook in the list' shows it",
		namesModifier: "'Form of a delivery' shows it",
		storedAddress: 'an address that is too long would stay behind',
		unusualPayload: "'Form of a delivery' shows it",
		updateOnCreate: "'Deliveries of an event' shows it",
	},
};

/** The user that the check needs to notice a switch. */
export const ASKED_AS: Record<string, Partial<Settings>> = {
	requireAdmin: { username: 'sales' },
};

/** What the check answers for the values of every switch of the sandbox. */
export const NOTICED: NoticedSwitches = {
	server: {
		basicAuth: by('Basic authentication', { true: 'accepted', false: 'refused with 401' }),
		basicRefusal: by('Form of a refused login', {
			object: 'JSON with a message',
			html: 'a web page',
			text: 'a text',
		}),
		acceptFormTokens: by('Token for a form', { true: 'granted', false: 'refused with 400' }),
		grants: [
			[['password'], 'Client credentials grant', 'refused with 400'],
			[['client_credentials'], 'Password grant', 'refused with 400'],
		],
		wrongPassword: by('Wrong password for a token', {
			invalid_credentials: '401 invalid_credentials',
			invalid_grant: '400 invalid_grant',
		}),
		tokenLifetime: [[600, 'Life of a token', '600 s']],
		editionHasApi: by('Own user', { true: 'Users:<id>', false: 'refused with 403' }),
		httpsOnly: by('Plain http', { true: 'refused with 403', false: 'answered' }),
		modulesShape: by('List of modules', {
			primaryModel: 'list of objects with module, primary_model, label',
			primaryBeanMap: 'list: a map',
			objects: 'list of objects with model, module, label',
			strings: 'list of names',
			map: 'list: a map',
			modulesKey: 'modules of objects with model, module, label',
		}),
		limitAboveMax: by('Limit above 200', { clamp: '200 rows', reject: 'refused with 400' }),
		maxPageSize: [[100, 'Page of 200', '100 rows']],
		unknownFields: by('Unknown field', { leftOut: 'rows without it', noRows: 'no rows' }),
		unknownOrder: by('Unknown order', { ignore: 'served', error: 'refused with 500' }),
		sortingById: by('Sorting by the ID', {
			served: 'sorted',
			ignored: 'in another order',
			error: 'refused with 500',
		}),
		ties: by('Pages without an order', { shuffled: 'some twice', kept: 'each once' }),
		offset: by('Second page', { heeded: 'other records', ignored: 'the same records' }),
		total: by('Total of a page', {
			all: 'more than the page has',
			visible: 'more than the page has',
			page: 'as many as the page has',
			zero: 'of no use',
			emptyText: 'of no use',
			null: 'of no use',
			missing: 'of no use',
		}),
		recordsShape: by('Form of a list', { list: 'a list', map: 'a map' }),
		like: by('Part of a text', { contains: 'found', pattern: 'not found' }),
		unknownOperator: by('Unknown operator', { passedOver: 'every record', usual: 'no record' }),
		missingOperators: [[['prefix', 'suffix'], 'Operators of texts', 'passed over: prefix, suffix']],
		multiSelectEquals: by('Value of a multi-select', {
			whole: 'with that value alone',
			any: 'among others, too',
		}),
		joinedValues: by('Any of several values', {
			several: 'with one of them, too',
			one: 'not found',
		}),
		totalKey: by('Number of matches', {
			total_results: 'total_results',
			total_count: 'total_count',
		}),
		duplicates: by('Duplicate', {
			list: '200 with errors as a list',
			string: '200 with errors as a text',
			map: '200 with errors as a map',
			status400: 'refused with 400',
		}),
		duplicatesOnChange: by('Duplicate by its ID', {
			true: '200 with errors as a list',
			false: 'created',
		}),
		errorBody: by('Form of a failure', {
			object: 'message',
			string: 'the answer is the message',
			nested: 'error.message',
			html: 'no JSON',
		}),
		missingRequired: by('Required field missing', {
			accept: 'taken',
			sqlError: 'refused with 500',
		}),
		confirmation: [
			[true, 'Confirmation of a change', 'true'],
			[1, 'Confirmation of a change', '1'],
			['1', 'Confirmation of a change', '"1"'],
			['true', 'Confirmation of a change', '"true"'],
		],
		switches: by('Form of a switch', {
			'1/0': '1 and 0',
			'true/false': 'true and false',
			'on/off': 'on and off',
			'yes/no': 'yes and no',
			'1/null': '1 and nothing',
		}),
		htmlEntities: by('Quotes in a text', { plain: 'as written', stored: 'with entities' }),
		expiredToken: [
			[401, 'Unknown token', '401'],
			[400, 'Unknown token', '400'],
			[403, 'Unknown token', '403'],
		],
		longestAddress: [
			[8190, 'Long address', 'refused with 414'],
			[100000, 'Long address', 'answered with 200'],
		],
		fileSize: by('Size of a file', { told: 'told', missing: 'missing' }),
		deletedRecord: by('Deleted record', {
			notFound: '404',
			marked: 'a record with deleted = 1',
		}),
		deletedId: by('ID of a deleted record', {
			taken: 'refused with 500',
			written: 'written unseen',
			revived: 'made',
		}),
		unknownLink: by('Unknown link', { notFound: '404', badRequest: '400' }),
		readOnlyFields: by('Read-only field', { taken: 'kept', leftAlone: 'left alone' }),
		referenceClearedBy: {
			either: ['Null for a reference', 'cleared'],
			emptyText: ['Null for a reference', 'kept'],
			null: ['Reference cleared', 'kept'],
		},
		isoDateTimes: by('Date-time in ISO 8601', { lost: 'lost', kept: 'kept as UTC' }),
		multiSelectArrays: by('Multi-select as an array', { true: 'kept', false: 'not kept' }),
		missingFile: by('Note without a file', { notFound: '404', empty: '200 without a name' }),
		usedUpload: by('Upload used twice', { lost: 'no file', kept: 'the file' }),
		infoMimeKey: by('Type of a file', { mimetype: 'mimetype', mime_type: 'mime_type' }),
		fileNames: by('Name of a file', { asSent: 'kept as sent', decoded: 'decoded' }),
		leadingNoise: [
			['\n', 'Before the JSON', 'white space or a byte order mark'],
			['\uFEFF', 'Before the JSON', 'white space or a byte order mark'],
			['Notice: a "text" of PHP', 'Before the JSON', 'text'],
		],
	},
	sales: {
		copiesLines: by('Lines of a source', { true: 'copied', false: 'not copied' }),
		deletedHeader: by('Parts of a deleted document', {
			leavesParts: 'left',
			takesParts: 'deleted, too',
		}),
		tally: by('Tally of a document', { true: 'groups as a list', false: 'refused with 404' }),
		tallyGroups: by('Tally of a document', {
			list: 'groups as a list',
			map: 'groups as a map',
		}),
		tallyRounding: by('Totals of a quote', {
			halfUp: 'the same',
			truncate: 'subtotal 160.96 for 160.97, total 164.67 for 164.68',
		}),
		headerTotals: by('Amounts of a header', { asSent: 'as written', recomputed: 'calculated' }),
		taxRatesLink: by('Rates of a tax code', {
			true: 'with name, rate, compounding',
			false: 'refused with 404',
		}),
	},
	webhooks: {
		list: by('List of webhooks', { true: 'listed', false: 'refused with 404' }),
		listKey: by('Webhook in the list', {
			records: 'under records, with id and url',
			list: 'under list, with id and url',
		}),
		requireAdmin: by('Registering a webhook', {
			true: 'refused with 403',
			false: 'registered, with an id',
		}),
		answerWithoutId: by('Registering a webhook', {
			true: 'registered, without an id',
			false: 'registered, with an id',
		}),
		removal: by('Removing a webhook', { result: '200 with JSON', empty: '204 with nothing' }),
		removedAgain: by('Removing a webhook twice', { notFound: '404', done: '200 with JSON' }),
		payload: by('Form of a delivery', {
			flat: 'JSON: the fields of the record',
			wrapped: 'JSON: record alone',
			form: 'a form',
			idOnly: 'JSON: id alone',
		}),
		minutesFromUtc: [[-300, 'Time in a delivery', 'in another time zone']],
		fireWithoutFilter: by('Webhook without a filter', { true: 'yes', false: 'never' }),
		andFilters: by('Conditions with AND', {
			all: 'when all are met',
			any: 'when one is met',
			never: 'never',
		}),
		headers: [[{ 'X-OneCRM-Event': 'create' }, 'Headers of a delivery', 'x-onecrm-event']],
		repeats: [[2, 'Deliveries of an event', '3']],
		retries: [[1, 'Delivery that failed', 'sent again']],
	},
};

function by<Value extends string>(
	fact: string,
	answers: Record<Value, string>,
): Record<Value, Noticed> {
	const entries = Object.entries<string>(answers);
	return Object.fromEntries(entries.map(([value, answer]) => [value, [fact, answer]])) as Record<
		Value,
		Noticed
	>;
}

/** One value of a switch, with the answers that the check gives for it. */
export interface NoticedValue {
	part: 'server' | 'sales' | 'webhooks';
	name: string;
	value: unknown;
	fact: string;
	answer: string;
}

/** All values of all switches in the table. */
export function noticedValues(): NoticedValue[] {
	return (['server', 'sales', 'webhooks'] as const).flatMap((part) =>
		Object.entries<Record<string, Noticed> | Array<[unknown, ...Noticed]>>(NOTICED[part]).flatMap(
			([name, values]) =>
				(Array.isArray(values)
					? values
					: Object.entries(values).map(([key, noticed]) => [valueOf(key), ...noticed] as const)
				).map(([value, fact, answer]) => ({ part, name, value, fact, answer })),
		),
	);
}

function valueOf(key: string): string | boolean {
	return key === 'true' ? true : key === 'false' ? false : key;
}
