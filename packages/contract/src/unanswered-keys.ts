/** How long a request without an answer keeps its key, ms: who asks the same later than that means it anew. */
const keptMs = 60_000;

/**
 * `Idempotency-Key`s of what a page asks (agent-features 0.1-6): each request has its own, but one that got no answer, as the
 * network broke, gives its key to the same request made again. So what was done after all is not done twice.
 */
export class UnansweredKeys {
	readonly #kept = new Map<string, { key: string; at: number }>();
	readonly #now: () => number;
	readonly #newKey: () => string;

	/** @param now milliseconds of a clock that runs evenly */
	constructor(now: () => number, newKey: () => string) {
		this.#now = now;
		this.#newKey = newKey;
	}

	/** The key to send it with; undefined where the method does once what it says anyway. */
	keyOf(method: string, path: string, body: string | undefined): string | undefined {
		if (method !== "POST" && method !== "PATCH") return undefined;
		this.#forgetOld();
		const key = this.#kept.get(requestOf(method, path, body))?.key ?? this.#newKey();
		this.#kept.set(requestOf(method, path, body), { key, at: this.#now() });
		return key;
	}

	/** The server has said something, whatever it is. */
	answered(method: string, path: string, body: string | undefined): void {
		this.#kept.delete(requestOf(method, path, body));
	}

	#forgetOld(): void {
		for (const [request, { at }] of this.#kept) if (this.#now() - at > keptMs) this.#kept.delete(request);
	}
}

function requestOf(method: string, path: string, body = ""): string {
	return `${method} ${path} ${body}`;
}
