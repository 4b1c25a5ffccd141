import type { Token } from "./sign-in.ts";
import { type KeyValue, readJson } from "./storage.ts";

/** Keeps one deployment's token for the life of the browser tab (a panel sets no cookies). */
export class TokenStore {
	readonly #store: KeyValue;
	readonly #key: string;

	constructor(store: KeyValue, deployment: string) {
		this.#store = store;
		this.#key = `inlay.token.${deployment}`;
	}

	/** The kept token; one that has expired is forgotten, and reported as such. */
	read(now: number): { token?: Token; expired: boolean } {
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
