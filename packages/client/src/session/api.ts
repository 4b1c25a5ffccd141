import { UnansweredKeys } from "@inlay/contract";
import type { ServerTime } from "./clock.ts";
import { ownFetch } from "./own-fetch.ts";

/** The platform's error body (platform-api 4.3), as far as the panel reads it. */
interface ErrorBody {
	message?: string;
	code?: string;
	contextId?: string;
	messageParams?: Record<string, string>;
}

/** A request that failed. `status` 0 means that no answer came; `code` is the platform's, or `network`. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	/** Correlation id, for whoever looks into the server's log. */
	readonly contextId: string | undefined;
	/** What the sentence is about, by the names in it. */
	readonly params: Record<string, string>;

	constructor(status: number, body: ErrorBody) {
		super(body.message || `The server answered ${status}.`);
		this.status = status;
		this.code = body.code || (status === 0 ? "network" : `http.${status}`);
		this.contextId = body.contextId;
		this.params = body.messageParams ?? {};
	}
}

/** The guard's code for a client that an administrator has given too few scopes. */
export const scopeCode = "app.not.authorized.for.scope";

/** A refusal that the client's scopes explain. */
export function isScopeRefusal(error: unknown): error is ApiError {
	return error instanceof ApiError && error.code === scopeCode;
}

/** What became of asking for another token; `unreachable`: nobody knows, no answer came. */
export type Renewal = "renewed" | "over" | "unreachable";

export interface ApiOptions {
	/** Base address without `/api/v2`. */
	base: string;
	token: () => string | undefined;
	/** Called when the server no longer accepts the token, and no other can be had. */
	onUnauthorized: () => void;
	/** Gets another token without a word. */
	renew?: () => Promise<Renewal>;
	time: ServerTime;
	/** Milliseconds; a request without an answer by then counts as a network failure. */
	timeoutMs?: number;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

export interface RequestOptions {
	/** The request goes on when its page ends; its body is at most 64 kB. */
	keepalive?: boolean;
	/** `Idempotency-Key` of one who keeps it longer than this page lives. */
	key?: string | undefined;
}

/** So long a file may take, ms. */
const fileMs = 300_000;

/** A typed way to the platform API. Paths start after `/api/v2`; one that begins with `/api/` is whole. */
export class ApiClient {
	readonly #options: ApiOptions;
	readonly #unanswered = new UnansweredKeys(
		() => performance.now(),
		() => crypto.randomUUID(),
	);

	constructor(options: ApiOptions) {
		this.#options = options;
	}

	/** The address that requests go to, for those who need to tell it on. */
	get base(): string {
		return this.#options.base;
	}

	get<T>(path: string): Promise<T> {
		return this.request<T>("GET", path);
	}

	post<T = undefined>(path: string, body?: unknown): Promise<T> {
		return this.request<T>("POST", path, body);
	}

	put<T = undefined>(path: string, body?: unknown): Promise<T> {
		return this.request<T>("PUT", path, body);
	}

	patch<T = undefined>(path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
		return this.request<T>("PATCH", path, body, options);
	}

	/** The parsed answer; undefined where the server sends none. Rejects with ApiError. */
	async request<T>(method: Method, path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
		const token = this.#options.token();
		let [answer, text, at] = await this.#send(method, path, body, options);
		// It was refused before anything was done, so the same may be asked with the new one.
		if (answer.status === 401 && (token !== this.#options.token() || (await this.#isRenewed())))
			[answer, text, at] = await this.#send(method, path, body, options);
		this.#options.time.learn(answer.headers.get("date"), at);
		const value = parse(text);
		if (answer.ok) return value as T;
		if (answer.status === 401) this.#options.onUnauthorized();
		throw new ApiError(answer.status, (value ?? {}) as ErrorBody);
	}

	/** A server that says nothing has ended no session. */
	async #isRenewed(): Promise<boolean> {
		const renewal = await this.#options.renew?.();
		if (renewal === "unreachable") throw new ApiError(0, { message: "The server did not answer." });
		return renewal === "renewed";
	}

	async #send(
		method: Method,
		path: string,
		content: unknown,
		{ keepalive = false, key: kept }: RequestOptions,
	): Promise<[answer: Response, text: string, at: number]> {
		const file = content instanceof Blob ? content : undefined;
		const body = content === undefined || file ? undefined : JSON.stringify(content);
		const key = kept ?? (file ? undefined : this.#unanswered.keyOf(method, path, body));
		try {
			const answer = await ownFetch(`${this.#options.base}${addressOf(path)}`, {
				method,
				headers: {
					authorization: `Bearer ${this.#options.token() ?? ""}`,
					accept: "application/json",
					...(file ? { "content-type": "application/octet-stream" } : {}),
					...(body === undefined ? {} : { "content-type": "application/json" }),
					...(key === undefined ? {} : { "idempotency-key": key }),
				},
				body: file ?? body,
				cache: "no-store",
				keepalive,
				signal: AbortSignal.timeout(file ? fileMs : (this.#options.timeoutMs ?? 16_000)),
			});
			// When it began: a long one on a bad line says nothing of the server's clock by its end.
			const at = Date.now();
			// An answer that breaks off, as with the page or the network, is none.
			const text = await answer.text().catch((error) => {
				if (answer.ok) throw error;
				return "";
			});
			// Behind a 5xx the thing may have been done.
			if (answer.status < 500) this.#unanswered.answered(method, path, body);
			return [answer, text, at];
		} catch {
			throw new ApiError(0, { message: "The server did not answer." });
		}
	}
}

/** What the panel does by itself so that it hears of things, also with each new token, is no use of the session. */
function addressOf(path: string): string {
	const whole = path.startsWith("/api/") ? path : `/api/v2${path}`;
	if (!path.startsWith("/notifications/channels")) return whole;
	return `${whole}${path.includes("?") ? "&" : "?"}preserveIdleTTL=true`;
}

function parse(text: string): unknown {
	if (!text) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Whether asking again may help: no answer came, or the server has trouble of its own. */
export function isPassing(error: unknown): boolean {
	return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}
