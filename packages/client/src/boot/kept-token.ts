import type { Renewed } from "./session-life.ts";
import { exchange, exchangeForOwn, goOn, SignInError, type Token } from "./sign-in.ts";
import type { TokenStore } from "./token-store.ts";

/** Name of the channel on which panels of one browser tell each other of renewals. */
const renewalChannel = "inlay.renewal";

interface Told {
	/** The refresh token that was used up. */
	from: string;
	token: Token;
}

/** The token of who is signed in, kept over a reload and renewed without a word. */
export class KeptToken {
	readonly #store: TokenStore;
	readonly #api: string;
	readonly #channel: BroadcastChannel | undefined = openChannel();
	#token: Token | undefined;
	/** In memory alone: it stands in no storage, no message and no global, and scripts are never given it. */
	#own: string | undefined;

	/**
	 * @param api origin of the token endpoint
	 * @param adopted hears of a token that a duplicate of this tab has come by: a refresh token works once
	 */
	constructor(store: TokenStore, api: string, adopted: (token: Token) => void) {
		this.#store = store;
		this.#api = api;
		this.#channel?.addEventListener("message", ({ data }: MessageEvent<Told>) => {
			if (!this.#token?.refreshToken || data.from !== this.#token.refreshToken) return;
			this.keep(data.token);
			void this.settle().then(() => adopted(data.token));
		});
	}

	/** The deployment's, which scripts may have. */
	get current(): Token | undefined {
		return this.#token;
	}

	/** What the panel itself works with: its own, or the deployment's where it has none. */
	get working(): string | undefined {
		return this.#token && (this.#own ?? this.#token.accessToken);
	}

	/**
	 * Exchanges the deployment's token for the panel's own, which ends with it. A sign-in from before there were two, or of a
	 * server that refuses, leaves the panel with the deployment's. Never rejects.
	 */
	async settle(): Promise<"settled" | "unreachable"> {
		const token = this.#token;
		if (token?.proof === undefined) this.#own = undefined;
		if (token?.proof === undefined) return "settled";
		try {
			const own = await exchangeForOwn(token, this.#api, Date.now());
			if (this.#token === token) this.#own = own.accessToken;
		} catch (error) {
			if (error instanceof SignInError && error.code === "network") return "unreachable";
			if (this.#token === token) this.#own = undefined;
		}
		return "settled";
	}

	/** Reads what the last page has kept. */
	async read(): Promise<Token | undefined> {
		this.#token = await this.#store.read();
		return this.#token;
	}

	keep(token: Token): void {
		// Of another sign-in, and perhaps of somebody else.
		if (token.proof !== this.#token?.proof) this.#own = undefined;
		this.#token = token;
		this.#store.write(token);
	}

	forget(): void {
		this.#token = undefined;
		this.#own = undefined;
		this.#store.clear();
	}

	/** Gets another token; never rejects. */
	async renew(): Promise<Renewed> {
		const before = this.#token;
		if (!before) return "over";
		const now = Date.now();
		try {
			const renewed = await (before.refreshToken ? exchange : goOn)(before, this.#api, now);
			const token = before.proof === undefined ? renewed : { ...renewed, proof: before.proof };
			// Somebody has signed out, or a duplicate was faster.
			if (this.#token !== before) return this.#token ? timesOf(this.#token, Date.now()) : "over";
			this.keep(token);
			if ((await this.settle()) === "unreachable") return "unreachable";
			if (before.refreshToken) this.#channel?.postMessage({ from: before.refreshToken, token } satisfies Told);
			return timesOf(token, now);
		} catch (error) {
			return error instanceof SignInError && error.code === "network" ? "unreachable" : "over";
		}
	}
}

/** How long a token is good that was had at `now`, both on one clock. */
export function timesOf(token: Token, now: number): { expiresInSeconds: number } {
	return { expiresInSeconds: Math.round((token.expiresAt - now) / 1000) };
}

/** Some browsers have none in frames without storage; nothing is duplicated there either. */
function openChannel(): BroadcastChannel | undefined {
	try {
		return new BroadcastChannel(renewalChannel);
	} catch {
		return undefined;
	}
}
