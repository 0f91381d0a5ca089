/**
 * What a 1CRM server may do in more than one way: because an administrator can choose, because
 * versions differ, or because nobody outside has written down which way it is. Every switch can be
 * turned while the sandbox runs; the default is the way that is documented, or else the one that
 * asks more of a client.
 */
export interface Variants {
	/** Basic authentication; 1CRM ships with it switched off. Off answers 401. */
	basicAuth: boolean;
	/** Whether the token endpoint takes form fields too. Only JSON is known to work everywhere. */
	acceptFormTokens: boolean;
	/** The grant types that the administrator enabled for the API client. */
	grants: string[];
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
	/** `total_results` is documented, an older description says `total_count`. */
	totalKey: 'total_results' | 'total_count';
	/** How a duplicate is told: 200 with `errors` of unknown shape, or 400 as the portal API does. */
	duplicates: 'list' | 'string' | 'map' | 'status400';
	/** The documented error object, or the other forms that 1CRM's own clients are ready for. */
	errorBody: 'object' | 'string' | 'nested' | 'html';
	/** Required columns are not always validated; some end in a 500 that quotes the database. */
	missingRequired: 'accept' | 'sqlError';
	/** Documented as `mimetype`, read as `mime_type` by one official client. */
	infoMimeKey: 'mimetype' | 'mime_type';
	/** Whether a percent-encoded `X-OneCRM-Filename` is decoded is not known. */
	fileNames: 'decoded' | 'asSent';
	/** Put before every JSON answer: a byte order mark, white space, a notice that PHP printed. */
	leadingNoise: string;
	webhooks: WebhookVariants;
}

export interface WebhookVariants {
	/** Whether `GET /webhooks` and `GET /webhooks/:id` exist; only their route name is known. */
	list: boolean;
	/** Who may register a webhook is not known: anyone, or administrators (403 for others). */
	requireAdmin: boolean;
	/** The answer to a registration is known to hold `id` in one version only. */
	answerWithoutId: boolean;
	/** The record's fields at the top level, or other forms, since no source shows a delivery. */
	payload: 'flat' | 'wrapped' | 'form' | 'idOnly';
	/** Whether a webhook without a filter fires: one source says never, another relies on it. */
	fireWithoutFilter: boolean;
	/** How often each delivery is sent again; nothing is known about repeats. */
	repeats: number;
	/** How many deliveries are under way at the same time; a server has so many processes. */
	atOnce: number;
}

/** The switches to set at the start; what is left out keeps its default. */
export type VariantChoices = Partial<Omit<Variants, 'webhooks'>> & {
	webhooks?: Partial<WebhookVariants>;
};

/** The defaults with the given choices over them. */
export function variants(choices: VariantChoices = {}): Variants {
	return {
		basicAuth: true,
		acceptFormTokens: false,
		grants: ['password', 'client_credentials', 'refresh_token'],
		tokenLifetime: 86399,
		editionHasApi: true,
		httpsOnly: false,
		modulesShape: 'objects',
		limitAboveMax: 'clamp',
		maxPageSize: 200,
		unknownOrder: 'ignore',
		totalKey: 'total_results',
		duplicates: 'list',
		errorBody: 'object',
		missingRequired: 'accept',
		infoMimeKey: 'mimetype',
		fileNames: 'decoded',
		leadingNoise: '',
		...choices,
		webhooks: {
			list: true,
			requireAdmin: false,
			answerWithoutId: false,
			payload: 'flat',
			fireWithoutFilter: false,
			repeats: 0,
			atOnce: 10,
			...choices.webhooks,
		},
	};
}
