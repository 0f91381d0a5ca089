/**
 * What a 1CRM server may do in more than one way: because an administrator can choose, because
 * versions differ, or because nobody outside has written down which way it is. Every switch can be
 * turned while the sandbox runs; the default is the way that is documented, or else the one that
 * asks more of a client.
 */
export interface Variants {
	/** Basic authentication; 1CRM ships with it switched off. Off answers 401. */
	basicAuth: boolean;
	/** What stands in the 401 of a refused Basic login is not known: JSON, a web page, or text. */
	basicRefusal: 'object' | 'html' | 'text';
	/** Whether the token endpoint takes form fields too. Only JSON is known to work everywhere. */
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
	/** The key `list` is known, what the elements look like is not; `modulesKey` renames the key. */
	modulesShape: 'objects' | 'strings' | 'map' | 'modulesKey';
	/** What a limit above 200 does is not known: 200 rows, or 400. */
	limitAboveMax: 'clamp' | 'reject';
	/** The most rows a page holds, whatever is asked for. */
	maxPageSize: number;
	/** Whether a list ordered by a field that does not exist is served or fails is not known. */
	unknownOrder: 'ignore' | 'error';
	/** Whether the operator `like` finds a part of a text, or needs `%` around it, is not known. */
	like: 'contains' | 'pattern';
	/** Whether `eq` finds one value of a multi-select among others is not known. */
	multiSelectEquals: 'whole' | 'any';
	/** `total_results` is documented, an older description says `total_count`. */
	totalKey: 'total_results' | 'total_count';
	/** How a duplicate is told: 200 with `errors` of unknown shape, or 400 as the portal API does. */
	duplicates: 'list' | 'string' | 'map' | 'status400';
	/** Whether a change heeds `check_duplicates` too; one source sends it, none says what it does. */
	duplicatesOnChange: boolean;
	/** The documented error object, or the other forms that 1CRM's own clients are ready for. */
	errorBody: 'object' | 'string' | 'nested' | 'html';
	/** Required columns are not always validated; some end in a 500 that quotes the database. */
	missingRequired: 'accept' | 'sqlError';
	/** Reading a deleted record: it is not found, or it is shown with its deletion mark. */
	deletedRecord: 'notFound' | 'marked';
	/** Which status a link has that the module lacks is not known. */
	unknownLink: 'notFound' | 'badRequest';
	/** What clears a reference is not known: an empty text, null, or either. */
	referenceClearedBy: 'either' | 'emptyText' | 'null';
	/** Whether a date-time in ISO 8601 is kept is not known; a database that is not strict loses it. */
	isoDateTimes: 'lost' | 'kept';
	/** Whether a multi-select takes a JSON array is not known; what is documented is one text. */
	multiSelectArrays: boolean;
	/** A note without a file: the information on it is not found, or says nothing. */
	missingFile: 'notFound' | 'empty';
	/** Whether an upload is used up by the first record it is written to is not known. */
	usedUpload: 'lost' | 'kept';
	/** Documented as `mimetype`, read as `mime_type` by one official client. */
	infoMimeKey: 'mimetype' | 'mime_type';
	/** Whether a percent-encoded `X-OneCRM-Filename` is decoded is not known. */
	fileNames: 'decoded' | 'asSent';
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
	/** The id of a new row that only links others: a text, or a list of ids. */
	linkRowId: 'text' | 'list';
	/** Whether the rates of a tax code can be read as a link is not known. */
	taxRatesLink: boolean;
}

export interface WebhookVariants {
	/** Whether `GET /webhooks` and `GET /webhooks/:id` exist; only their route name is known. */
	list: boolean;
	/** Under which key that list stands is not known. */
	listKey: 'records' | 'list';
	/** Who may register a webhook is not known: anyone, or administrators (403 for others). */
	requireAdmin: boolean;
	/** The answer to a registration is known to hold `id` in one version only. */
	answerWithoutId: boolean;
	/** What removing a webhook is answered with is not known: as a record is, or 204 and nothing. */
	removal: 'result' | 'empty';
	/** Removing a webhook that is gone: 404, or an answer as if it had been there. */
	removedAgain: 'notFound' | 'done';
	/** The record's fields at the top level, or other forms, since no source shows a delivery. */
	payload: 'flat' | 'wrapped' | 'form' | 'idOnly';
	/** Whether a webhook without a filter fires: one source says never, another relies on it. */
	fireWithoutFilter: boolean;
	/** What the glue `and` does is not known, only `or` is documented; `never`: nothing passes it. */
	andFilters: 'all' | 'any' | 'never';
	/** What stands in the headers of a delivery, beside its type: a signature, the kind of event. */
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

/** The defaults with the given choices over them. */
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
		modulesShape: 'objects',
		limitAboveMax: 'clamp',
		maxPageSize: 200,
		unknownOrder: 'ignore',
		like: 'contains',
		multiSelectEquals: 'whole',
		totalKey: 'total_results',
		duplicates: 'list',
		duplicatesOnChange: true,
		errorBody: 'object',
		missingRequired: 'accept',
		deletedRecord: 'notFound',
		unknownLink: 'notFound',
		referenceClearedBy: 'either',
		isoDateTimes: 'lost',
		multiSelectArrays: false,
		missingFile: 'notFound',
		usedUpload: 'lost',
		infoMimeKey: 'mimetype',
		fileNames: 'decoded',
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
			payload: 'flat',
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
