import type { Token } from "./sign-in.ts";
import { type KeyValue, readJson } from "./storage.ts";

/** Where a panel keeps its token over a reload. */
export interface TokenStore {
	/** The kept token; one that has expired is forgotten, and reported as such. Never rejects. */
	read(now: number): Promise<{ token?: Token; expired: boolean }>;
	write(token: Token): void;
	clear(): void;
}

/** Keeps one deployment's token in the browser's storage, for the life of the tab. */
export class StoredTokens implements TokenStore {
	readonly #store: KeyValue;
	readonly #key: string;

	constructor(store: KeyValue, deployment: string) {
		this.#store = store;
		this.#key = `inlay.token.${deployment}`;
	}

	async read(now: number): Promise<{ token?: Token; expired: boolean }> {
		const token = readJson<Token>(
			this.#store,
			this.#key,
			(value) => typeof value.accessToken === "string" && typeof value.expiresAt === "number",
		);
		if (!token || token.expiresAt > now) return { token, expired: false };
		this.clear();
		return { expired: true };
	}

	write(token: Token): void {
		this.#store.setItem(this.#key, JSON.stringify(token));
	}

	clear(): void {
		this.#store.removeItem(this.#key);
	}
}

/**
 * Keeps the token with the server, behind a cookie that belongs to this panel on this embedding site alone: for frames in
 * which the browser blocks storage. Where it refuses such cookies too, a reload asks to sign in.
 */
export class ServerTokens implements TokenStore {
	readonly #url: string;
	readonly #deployment: string;

	constructor(base: string, deployment: string) {
		this.#url = `${base}/crm/session`;
		this.#deployment = deployment;
	}

	async read(): Promise<{ token?: Token; expired: boolean }> {
		const query = new URLSearchParams({ deployment: this.#deployment });
		const answer = await this.#ask(`${this.#url}?${query}`, { method: "GET" });
		if (answer?.status !== 200) return { expired: false };
		const kept = (await answer.json().catch(() => undefined)) as Partial<Token> | undefined;
		if (typeof kept?.accessToken !== "string") return { expired: false };
		return { token: { accessToken: kept.accessToken, expiresAt: Number(kept.expiresAt) }, expired: false };
	}

	write(token: Token): void {
		void this.#ask(this.#url, {
			method: "POST",
			headers: { authorization: `Bearer ${token.accessToken}`, "content-type": "application/json" },
			body: JSON.stringify({ deployment: this.#deployment }),
		});
	}

	clear(): void {
		void this.#ask(this.#url, { method: "DELETE" });
	}

	/** Outlives the page, which may be leaving; a server that is away has nothing to say. */
	#ask(url: string, request: RequestInit): Promise<Response | undefined> {
		const headers = { ...request.headers, "inlay-panel": "1" };
		return fetch(url, { ...request, headers, cache: "no-store", keepalive: true }).catch(() => undefined);
	}
}
