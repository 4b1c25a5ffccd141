import { UnansweredKeys } from "@inlay/contract";

/** The platform's error body (platform-api 4.3), as far as the console reads it. */
interface ErrorBody {
	message?: string;
	code?: string;
	messageParams?: Record<string, string>;
	details?: Array<{ fieldName?: string }>;
}

/** A request that failed. `status` 0 means that no answer came; `code` is the platform's, or `network`. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	/** Names of the fields that were refused. */
	readonly fields: readonly string[];
	/** What the refusal is about, by the names of the server's text: permissions, divisionId, seconds … */
	readonly params: Readonly<Record<string, string>>;

	constructor(status: number, body: ErrorBody) {
		super(body.message || `The server answered ${status}.`);
		this.status = status;
		this.code = body.code || (status === 0 ? "network" : `http.${status}`);
		this.fields = (body.details ?? []).flatMap((detail) => (detail.fieldName ? [detail.fieldName] : []));
		this.params = body.messageParams ?? {};
	}

	/** What is left of the refusal once these fields were changed: it spoke of what stood in them. Itself where it spoke of none. */
	after(changed: readonly string[]): ApiError | undefined {
		const left = this.fields.filter((field) => {
			const [first = "", second = ""] = field.split(/[.[]/);
			return !changed.includes(first) && !changed.includes(second);
		});
		if (left.length === this.fields.length) return this;
		if (left.length === 0) return undefined;
		const { status, message, code, params } = this;
		return new ApiError(status, {
			...{ message, code, messageParams: params },
			details: left.map((fieldName) => ({ fieldName })),
		});
	}

	/** The token is over. One that may not be used from here is still good: signing in again would meet the same answer. */
	get isSignedOut(): boolean {
		return this.status === 401 && this.code !== "ip.not.authorized";
	}
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The way to the server. Paths are whole: `/api/v2/…` or `/api/inlay/v1/…`. Rejects with ApiError. */
export interface Api {
	/**
	 * @param body JSON, or a file: of contacts, unless its type is `application/octet-stream`
	 * @param seen of what has its version in the ETag alone: kept when it answers, and sent with the next change
	 */
	request<T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown, seen?: SeenVersion): Promise<T>;
	/** Whoever changes a thing says which version of it they have seen: else an old page overwrites what others did since. */
	request<T>(method: "PUT" | "PATCH", path: string, body: Versioned): Promise<T>;
	request<T>(method: Method, path: string, body: unknown, seen: SeenVersion | NoVersion): Promise<T>;
	/** A file of text that the server makes. */
	text(path: string): Promise<string>;
}

/** A thing as it is sent back, on the version that was read. */
export interface Versioned {
	version: number;
	[field: string]: unknown;
}

/** What is changed has no version: it is one value alone, or is written by one side only. Says so in the caller's words. */
export interface NoVersion {
	noVersion: string;
}

/** The version of something as it was last read, as its ETag has it. */
export interface SeenVersion {
	etag?: string;
}

export interface ApiOptions {
	/** Base address, without a slash at its end. */
	base: string;
	token: () => string | undefined;
	/** Called when the server no longer accepts the token. */
	onUnauthorized: () => void;
	/** Called when the server refused for want of a right: what is known of them may be old. */
	onForbidden: () => void;
}

const timeoutMs = 20_000;
const fileTimeoutMs = 300_000;
/** Type of a file that is no list of contacts: others are named by browsers as their systems please. */
const octets = "application/octet-stream";
/** Characters from which on a request is as good as a file: hundreds of people take their time. */
const longBody = 20_000;
/** What is done with everybody whom a search finds, likewise. */
const withMany = "/api/inlay/v1/people/";

/** Talks to the server with the signed-in administrator's token. */
export class HttpApi implements Api {
	readonly #options: ApiOptions;
	readonly #unanswered = new UnansweredKeys(
		() => performance.now(),
		() => crypto.randomUUID(),
	);

	constructor(options: ApiOptions) {
		this.#options = options;
	}

	async request<T>(method: Method, path: string, body?: unknown, asked: SeenVersion | NoVersion = {}): Promise<T> {
		const seen: SeenVersion | undefined = "noVersion" in asked ? undefined : asked;
		const answer = await this.#send(method, path, body, method === "GET" ? undefined : seen?.etag);
		const value = parse(await answer.text().catch(() => ""));
		if (answer.ok && seen) seen.etag = answer.headers.get("etag") ?? undefined;
		if (answer.ok) return value as T;
		throw this.#refusal(answer, value);
	}

	async text(path: string): Promise<string> {
		const answer = await this.#send("GET", path, undefined, undefined, fileTimeoutMs);
		if (!answer.ok) throw this.#refusal(answer, parse(await answer.text().catch(() => "")));
		return answer.text().catch(() => {
			throw new ApiError(0, { message: "The file broke off." });
		});
	}

	#refusal(answer: Response, value: unknown): ApiError {
		const error = new ApiError(answer.status, (value ?? {}) as ErrorBody);
		if (error.isSignedOut) this.#options.onUnauthorized();
		if (answer.status === 403) this.#options.onForbidden();
		return error;
	}

	async #send(method: Method, path: string, content: unknown, etag?: string, waitMs?: number) {
		const isFile = content instanceof Blob;
		const body = content === undefined || isFile ? undefined : JSON.stringify(content);
		const isLong = isFile || (body?.length ?? 0) > longBody || path.startsWith(withMany);
		const key = this.#unanswered.keyOf(method, path, body);
		try {
			const answer = await fetch(`${this.#options.base}${path}`, {
				method,
				headers: {
					authorization: `Bearer ${this.#options.token() ?? ""}`,
					accept: "application/json",
					...(etag === undefined ? {} : { "if-match": etag }),
					...(isFile
						? { "content-type": content.type === octets ? octets : "text/csv" }
						: body === undefined
							? {}
							: { "content-type": "application/json" }),
					...(key === undefined ? {} : { "idempotency-key": key }),
				},
				...(isFile ? { body: content } : body === undefined ? {} : { body }),
				cache: "no-store",
				signal: AbortSignal.timeout(waitMs ?? (isLong ? fileTimeoutMs : timeoutMs)),
			});
			// Behind a 5xx the thing may have been done.
			if (answer.status < 500) this.#unanswered.answered(method, path, body);
			return answer;
		} catch {
			throw new ApiError(0, { message: "The server did not answer." });
		}
	}
}

/** All entities of a paged listing (platform-api 4.4). `path` has no paging of its own. */
export async function listAll<T>(api: Api, path: string): Promise<T[]> {
	const separator = path.includes("?") ? "&" : "?";
	const found: T[] = [];
	for (let pageNumber = 1; ; pageNumber++) {
		const url = `${path}${separator}pageSize=100&pageNumber=${pageNumber}`;
		const page = await api.request<{ entities: T[]; pageCount?: number }>("GET", url);
		found.push(...page.entities);
		if (pageNumber >= (page.pageCount ?? 1)) return found;
	}
}

function parse(text: string): unknown {
	if (!text) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
