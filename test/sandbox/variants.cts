/**
 * What a 1CRM server may do in more than one way: because an administrator can choose, because
 * versions differ, or because nobody outside has written down which way it is. Every switch can be
 * turned while the sandbox runs; the default is the way that is documented, or else the one that
 * asks more of a client.
 */
export interface Variants {
	/** Basic authentication; 1CRM ships with it switched off. Off answers 401. */
	basicAuth: boolean;
	/** The body of the 401 for a rejected Basic login isn't known: JSON, a web page, or text. */
	basicRefusal: 'object' | 'html' | 'text';
	/** Whether the token endpoint also accepts form fields. Only JSON is known to work everywhere. */
	acceptFormTokens: boolean;
	/** The grant types that the administrator enabled for the API client. */
	grants: string[];
	/** A wrong password for a token: 401 `invalid_credentials`, or 400 as of newer libraries. */
	wrongPassword: 'invalid_credentials' | 'invalid_grant';
	/** Seconds an access token lives; the administrator can change it. */
	tokenLifetime: number;
	/** False is the Startup edition, which has no API: 403 for every call. */
	editionHasApi: boolean;
	/** 1CRM refuses plain http unless the administrator allows it; how it refuses is not known. */
	httpsOnly: boolean;
	/**
	 * What `/meta/modules` lists: as observed, `module` is the plural name and `primary_model` the one that the API
	 * takes. Other forms are possible: the model alone as `model`, under the key `modules` too, names, and maps by
	 * either name.
	 */
	modulesShape: 'primaryModel' | 'primaryBeanMap' | 'objects' | 'strings' | 'map' | 'modulesKey';
	/** What a limit above 200 does is not known: 200 rows, or 400. */
	limitAboveMax: 'clamp' | 'reject';
	/** The most rows of a page, whatever the request asks for. */
	maxPageSize: number;
	/** A list asked for a field that does not exist: rows without it, as 1CRM's own clients count on, or no rows. */
	unknownFields: 'leftOut' | 'noRows';
	/** Whether a list ordered by a field that does not exist is served or fails is not known. */
	unknownOrder: 'ignore' | 'error';
	/** Whether a list can be sorted by the id, which alone tells all records apart, is not known. */
	sortingById: 'served' | 'ignored' | 'error';
	/** In which order the rows come that an order leaves equal: a new one for each page, as of a database, or one. */
	ties: 'shuffled' | 'kept';
	/** Whether a page begins where it is asked to; a list that is not paged always begins at the first row. */
	offset: 'heeded' | 'ignored';
	/** What a list says of the number of matches: all, those that are shown, or what is of no use. */
	total: 'all' | 'visible' | 'page' | 'zero' | 'emptyText' | 'null' | 'missing';
	/** Ids of records that are taken out of a page after it was cut, as a check of rights may do. */
	hiddenFromPages: string[];
	/** PHP writes a list from which entries were taken as a map of numbers. */
	recordsShape: 'list' | 'map';
	/** Ids of records that stand behind a link two times. */
	linkedTwice: string[];
	/** Whether the operator `like` finds a part of a text, or needs `%` around it, is not known. */
	like: 'contains' | 'pattern';
	/** A filter whose operator 1CRM does not have for it: passed over, or compared as without an operator. */
	unknownOperator: 'passedOver' | 'usual';
	/** Operators that this version doesn't have and passes over, although 1CRM's own lists offer them. */
	missingOperators: string[];
	/** Whether `eq` finds one value of a multi-select among others is not known. */
	multiSelectEquals: 'whole' | 'any';
	/** What `any_of` and `not_any_of` make of values that are joined by `^,^` is not known: several values, or one. */
	joinedValues: 'several' | 'one';
	/** `total_results` is documented, an older description says `total_count`. */
	totalKey: 'total_results' | 'total_count';
	/** How 1CRM reports a duplicate: 200 with `errors` of unknown shape, or 400 like the portal API. */
	duplicates: 'list' | 'string' | 'map' | 'status400';
	/** Whether a change also obeys `check_duplicates`. One source sends it, but none says what it does. */
	duplicatesOnChange: boolean;
	/** The documented error object, or the other forms that 1CRM's own clients are ready for. */
	errorBody: 'object' | 'string' | 'nested' | 'html';
	/**
	 * Required columns are not always validated: some end in a 500 that quotes the database. The few that are known to
	 * are refused in any case.
	 */
	missingRequired: 'accept' | 'sqlError';
	/** Changes are confirmed by `true`; versions of PHP and databases write it in other ways. */
	confirmation: true | 1 | '1' | 'true';
	/** How a switch is read; "no" may be kept as nothing. */
	switches: '1/0' | 'true/false' | 'on/off' | 'yes/no' | '1/null';
	/** Whether texts are kept with entities in place of quotes and angle brackets is not known. */
	htmlEntities: 'plain' | 'stored';
	/** The status of a token that ran out: 401, or another with `access_denied`. */
	expiredToken: 401 | 400 | 403;
	/** Characters of a request's first line that the web server takes; 8190 is Apache's default. */
	longestAddress: number;
	/** How many fields of its own an administrator has added to each module. Read at the start. */
	customFields: number;
	/** Whether the information on a file has its size is known of one version only. */
	fileSize: 'told' | 'missing';
	/** What the audit log has in the columns for short texts of a long one. */
	unusedAuditValue: 'null' | 'emptyText';
	/** Reading a deleted record: it is not found, or it is shown with its deletion mark. */
	deletedRecord: 'notFound' | 'marked';
	/** Creating a record with the id of a deleted one: the database refuses it, or it is written unseen, or it is new. */
	deletedId: 'taken' | 'written' | 'revived';
	/** Which status a link has that the module lacks is not known. */
	unknownLink: 'notFound' | 'badRequest';
	/**
	 * A value for a field that is said to be read-only. 1CRM's own clients write some, and see them kept; what the
	 * server itself computes (ids, times, names of references) is left alone in any case.
	 */
	readOnlyFields: 'taken' | 'leftAlone';
	/** What clears a reference is not known: an empty text, null, or either. */
	referenceClearedBy: 'either' | 'emptyText' | 'null';
	/** Whether a date-time in ISO 8601 is kept is not known; a database that is not strict loses it. */
	isoDateTimes: 'lost' | 'kept';
	/** It isn't known whether a multi-select accepts a JSON array. One text is documented. */
	multiSelectArrays: boolean;
	/** A note without a file: the information on it is not found, or says nothing. */
	missingFile: 'notFound' | 'empty';
	/** Whether an upload is used up by the first record it is written to is not known. */
	usedUpload: 'lost' | 'kept';
	/** Documented as `mimetype`, read as `mime_type` by one official client. */
	infoMimeKey: 'mimetype' | 'mime_type';
	/** `X-OneCRM-Filename` holds the bytes of the name, which PHP does not decode; another server might. */
	fileNames: 'asSent' | 'decoded';
	/** Who may read the audit log is not known: anyone, administrators (403 for others), or nobody (404). */
	auditReaders: 'all' | 'admin' | 'none';
	/** What an entry of the audit log calls its record: an empty text in every documented entry, or its name. */
	auditParent: 'empty' | 'named';
	/** Whether the audit log has entries of a record's creation: documented, but not for every version. */
	auditsCreation: boolean;
	/** The order of entries of the same second: "newest first" is documented, no order beyond the seconds. */
	auditTies: 'newestFirst' | 'shuffled';
	/** By how many seconds the time of an entry may differ from that of the change. */
	auditDelay: number;
	/** Milliseconds until an entry can be read: it may be written only after the webhooks were called. */
	auditLag: number;
	/** Put before every JSON answer: a byte order mark, white space, a notice that PHP printed. */
	leadingNoise: string;
	sales: SalesVariants;
	webhooks: WebhookVariants;
}

/** Of quotes, orders, invoices and their lines. */
export interface SalesVariants {
	/** An order made from a quote, or an invoice made from an order, gets the lines of its source. */
	copiesLines: boolean;
	/** Whether deleting a header deletes its groups and lines is not known. */
	deletedHeader: 'leavesParts' | 'takesParts';
	/** Newer versions forbid to delete invoices; whether the API does is not known. */
	undeletableInvoice: boolean;
	/** Whether `/tally` exists is not known of every version. */
	tally: boolean;
	/** `groups` of `/tally` is read as a list and as a map. */
	tallyGroups: 'list' | 'map';
	/** How 1CRM rounds is not known. */
	tallyRounding: 'halfUp' | 'truncate';
	/** The API leaves a header's totals as sent; a version may calculate them. */
	headerTotals: 'asSent' | 'recomputed';
	/** Whether payments can be linked by the invoice, or only by a row that links the two: both are documented. */
	paymentsLink: boolean;
	/** The id of a new row that only links others: a text, or a list of ids. */
	linkRowId: 'text' | 'list';
	/** Whether the rates of a tax code can be read as a link is not known. */
	taxRatesLink: boolean;
}

/** Other ways in which a delivery may present its record. */
export type UnusualPayload =
	| 'prefixedId'
	| 'capitalId'
	| 'records'
	| 'list'
	| 'map'
	| 'payload'
	| 'body'
	| 'bean'
	| 'module'
	| 'envelope'
	| 'formJson'
	| 'bareId';

export interface WebhookVariants {
	/** Whether `GET /webhooks` and `GET /webhooks/:id` exist; only their route name is known. */
	list: boolean;
	/** The key of that list isn't known. */
	listKey: 'records' | 'list';
	/** Who may register a webhook is not known: anyone, or administrators (403 for others). */
	requireAdmin: boolean;
	/** The answer to a registration is known to contain `id` in one version only. */
	answerWithoutId: boolean;
	/** What removing a webhook is answered with is not known: as a record is, or 204 and nothing. */
	removal: 'result' | 'empty';
	/** Removing a webhook that is gone: 404, or an answer as if it had been there. */
	removedAgain: 'notFound' | 'done';
	/** How the list writes the ids of webhooks: as the answer to a registration does, or otherwise. */
	listedIds: 'plain' | 'prefixed' | 'upperCase';
	/** What becomes of an address when it is stored: cut to the length of a column, or also escaped as in HTML. */
	storedAddress: 'whole' | 'cut' | 'escaped';
	/** How many characters of an address a column holds. */
	addressLength: number;
	/** The record's fields at the top level, or other forms, since no source shows a delivery. */
	payload: 'flat' | 'wrapped' | 'form' | 'idOnly';
	/** A form that no source hints at, in place of `payload`. */
	unusualPayload: UnusualPayload | undefined;
	/** Whether a delivery says who changed the record. */
	namesModifier: boolean;
	/** How far the times in a delivery are from UTC, in minutes. Records have theirs in UTC. */
	minutesFromUtc: number;
	/** Whether a new record calls the webhooks for changes, too. */
	updateOnCreate: boolean;
	/** Whether a webhook without a filter fires: one source says never, another relies on it. */
	fireWithoutFilter: boolean;
	/** What the glue `and` does is not known, only `or` is documented; `never`: nothing passes it. */
	andFilters: 'all' | 'any' | 'never';
	/** The headers of a delivery, besides its type: a signature, the kind of event. */
	headers: Record<string, string>;
	/** How often each delivery is sent again; nothing is known about repeats. */
	repeats: number;
	/** How often a delivery is sent again that was answered with a failure of the server. */
	retries: number;
	/** How many deliveries are under way at the same time; a server has so many processes. */
	atOnce: number;
}

/** The switches to set at the start; what is left out keeps its default. */
export type VariantChoices = Partial<Omit<Variants, 'sales' | 'webhooks'>> & {
	sales?: Partial<SalesVariants>;
	webhooks?: Partial<WebhookVariants>;
};

/** The defaults, overridden by the given choices. */
export function variants(choices: VariantChoices = {}): Variants {
	return {
		basicAuth: true,
		basicRefusal: 'object',
		acceptFormTokens: false,
		grants: ['password', 'client_credentials', 'refresh_token'],
		wrongPassword: 'invalid_credentials',
		tokenLifetime: 86399,
		editionHasApi: true,
		httpsOnly: false,
		modulesShape: 'primaryModel',
		limitAboveMax: 'clamp',
		maxPageSize: 200,
		unknownFields: 'leftOut',
		unknownOrder: 'ignore',
		sortingById: 'served',
		ties: 'shuffled',
		offset: 'heeded',
		total: 'all',
		hiddenFromPages: [],
		recordsShape: 'list',
		linkedTwice: [],
		like: 'contains',
		unknownOperator: 'passedOver',
		missingOperators: [],
		multiSelectEquals: 'whole',
		joinedValues: 'several',
		totalKey: 'total_results',
		duplicates: 'list',
		duplicatesOnChange: true,
		errorBody: 'object',
		missingRequired: 'accept',
		confirmation: true,
		switches: '1/0',
		htmlEntities: 'plain',
		expiredToken: 401,
		longestAddress: 8190,
		customFields: 0,
		fileSize: 'told',
		unusedAuditValue: 'null',
		deletedRecord: 'notFound',
		deletedId: 'taken',
		unknownLink: 'notFound',
		readOnlyFields: 'taken',
		referenceClearedBy: 'either',
		isoDateTimes: 'lost',
		multiSelectArrays: false,
		missingFile: 'notFound',
		usedUpload: 'lost',
		infoMimeKey: 'mimetype',
		fileNames: 'asSent',
		auditReaders: 'all',
		auditParent: 'empty',
		auditsCreation: true,
		auditTies: 'newestFirst',
		auditDelay: 0,
		auditLag: 0,
		leadingNoise: '',
		...choices,
		sales: {
			copiesLines: true,
			deletedHeader: 'leavesParts',
			undeletableInvoice: false,
			tally: true,
			tallyGroups: 'list',
			tallyRounding: 'halfUp',
			headerTotals: 'asSent',
			paymentsLink: true,
			linkRowId: 'text',
			taxRatesLink: true,
			...choices.sales,
		},
		webhooks: {
			list: true,
			listKey: 'records',
			requireAdmin: false,
			answerWithoutId: false,
			removal: 'result',
			removedAgain: 'notFound',
			listedIds: 'plain',
			storedAddress: 'cut',
			addressLength: 255,
			payload: 'flat',
			unusualPayload: undefined,
			namesModifier: true,
			minutesFromUtc: 0,
			updateOnCreate: false,
			fireWithoutFilter: false,
			andFilters: 'all',
			headers: {},
			repeats: 0,
			retries: 0,
			atOnce: 10,
			...choices.webhooks,
		},
	};
}
