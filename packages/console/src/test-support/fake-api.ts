import { type Api, ApiError, type Method, type NoVersion, type SeenVersion } from "../session/api.ts";

type Answer = (body: unknown) => unknown;

/** A server of a few answers, by `METHOD /path` without its paging; what it was asked stands in `asked`. */
export class FakeApi implements Api {
	readonly asked: Array<{ what: string; body: unknown; ifMatch?: string }> = [];
	/** The ETag of whatever is answered to those who keep it. */
	etag: string | undefined;
	readonly #answers = new Map<string, Answer>();

	/** Sets an answer; a function gets the request's body and may throw `refuse(…)`. */
	on(what: string, answer: unknown): this {
		this.#answers.set(what, typeof answer === "function" ? (answer as Answer) : () => answer);
		return this;
	}

	text(path: string): Promise<string> {
		return this.request("GET", path);
	}

	async request<T>(method: Method, path: string, body?: unknown, asked: SeenVersion | NoVersion = {}): Promise<T> {
		const what = `${method} ${path.replace(/[?&]pageSize=\d+&pageNumber=\d+$/, "")}`;
		const seen: SeenVersion | undefined = "noVersion" in asked ? undefined : asked;
		const ifMatch = method === "GET" ? undefined : seen?.etag;
		this.asked.push({ what, body, ...(ifMatch === undefined ? {} : { ifMatch }) });
		const answer = this.#answers.get(what);
		if (!answer) throw new ApiError(404, { code: "not.found", message: `Nothing answers ${what}.` });
		const answered = structuredClone(answer(body)) as T;
		if (seen && this.etag !== undefined) seen.etag = this.etag;
		return answered;
	}
}

/** A refusal as the server sends it. */
export function refuse(
	status: number,
	code: string,
	fieldName?: string,
	messageParams?: Record<string, string>,
): ApiError {
	const details = fieldName ? { details: [{ fieldName }] } : {};
	return new ApiError(status, { code, message: code, ...details, ...(messageParams ? { messageParams } : {}) });
}

/** A page with everything on it. */
export function page<T>(...entities: T[]) {
	return { entities, pageCount: 1, total: entities.length };
}

/** Storage for the life of a test. */
export function memoryStore() {
	const values = new Map<string, string>();
	return {
		values,
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
		removeItem: (key: string) => void values.delete(key),
	};
}
