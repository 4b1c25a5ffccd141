import { ownFetch } from "../session/own-fetch.ts";
import type { Token } from "./sign-in.ts";
import { type KeyValue, readJson } from "./storage.ts";

/** Where a panel keeps its token over a reload. */
export interface TokenStore {
	/** The kept token. Whether it is still good the server says: the browser's clock may be wrong. Never rejects. */
	read(): Promise<Token | undefined>;
	write(token: Token): void;
	clear(): void;
}

/** Under which name a deployment's token is kept. */
export function tokenKey(deployment: string): string {
	return `inlay.token.${deployment}`;
}

/** Keeps one deployment's token in the browser's storage, for the life of the tab. */
export class StoredTokens implements TokenStore {
	readonly #store: KeyValue;
	readonly #key: string;

	constructor(store: KeyValue, deployment: string) {
		this.#store = store;
		this.#key = tokenKey(deployment);
	}

	async read(): Promise<Token | undefined> {
		return readJson<Token>(
			this.#store,
			this.#key,
			(value) => typeof value.accessToken === "string" && typeof value.expiresAt === "number",
		);
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

	async read(): Promise<Token | undefined> {
		const query = new URLSearchParams({ deployment: this.#deployment });
		const answer = await this.#ask(`${this.#url}?${query}`, { method: "GET" });
		if (answer?.status !== 200) return undefined;
		const kept = (await answer.json().catch(() => undefined)) as Partial<Token> | undefined;
		if (typeof kept?.accessToken !== "string") return undefined;
		const proof = typeof kept.proof === "string" ? { proof: kept.proof } : {};
		return { accessToken: kept.accessToken, expiresAt: Number(kept.expiresAt), ...proof };
	}

	write(token: Token): void {
		void this.#ask(this.#url, {
			method: "POST",
			headers: { authorization: `Bearer ${token.accessToken}`, "content-type": "application/json" },
			body: JSON.stringify({ deployment: this.#deployment, proof: token.proof }),
		});
	}

	clear(): void {
		void this.#ask(this.#url, { method: "DELETE" });
	}

	/** Outlives the page, which may be leaving; a server that is away has nothing to say. */
	#ask(url: string, request: RequestInit): Promise<Response | undefined> {
		const headers = { ...request.headers, "inlay-panel": "1" };
		return ownFetch(url, { ...request, headers, cache: "no-store", keepalive: true }).catch(() => undefined);
	}
}
