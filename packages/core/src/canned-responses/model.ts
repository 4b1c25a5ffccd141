/** Where a response may be used. */
export const responseMedia = ["email", "message"] as const;
export type ResponseMedium = (typeof responseMedia)[number];

/** Responses that belong together, for some queues or for all. */
export interface Library {
	id: string;
	name: string;
	/** The queues in whose conversations its responses are offered; undefined: in all. */
	queueIds?: string[];
	createdBy?: string;
	createdAt: Date;
	/** Grows with every change. */
	version: number;
}

export interface Substitution {
	/** As `{{id}}` in the texts. */
	id: string;
	description?: string;
	/** Stands there unless something is known. */
	defaultValue?: string;
}

/** What a response says (agent-features 9). */
export interface ResponseValue {
	/** Absent where the text is only told in the other form. */
	plain?: string;
	/** Safe: without whatever could run or fetch (safe-html.ts). */
	html?: string;
	substitutions: Substitution[];
	/** A signature of mails. */
	isSignature?: true;
	/** What finds it at once, without the slash. */
	shortcut?: string;
	/** BCP 47; for people who choose. */
	language?: string;
	/** Undefined: in all. */
	media?: ResponseMedium[];
}

export interface CannedResponse {
	id: string;
	name: string;
	libraryIds: string[];
	/** Files that it brings along, in their order. */
	assetIds: string[];
	value: ResponseValue;
	createdBy?: string;
	createdAt: Date;
	version: number;
	/** In how many conversations it has been used. */
	uses: number;
}
