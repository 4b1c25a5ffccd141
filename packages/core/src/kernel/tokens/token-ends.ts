import type { Kernel } from "../domain.ts";
import { type TokenHolder, type TokenTimes, TokenWatch } from "./token-watch.ts";

/** How often it is looked whether tokens are over, in ms. */
const lookEveryMs = 1000;

interface Held extends TokenHolder {
	ended: boolean;
	end(): void;
}

/**
 * What is open for a token's sake ends with it: at once where the token is revoked, and within a second where its time is
 * over. Notifications have more to tell of it, and use the same {@link TokenWatch} themselves.
 */
export class TokenEnds {
	readonly #kernel: Pick<Kernel, "clock" | "feed" | "log">;
	readonly #tokens: TokenTimes;
	readonly #watch: TokenWatch<Held>;
	readonly #held = new Set<Held>();
	readonly #unsubscribe: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(kernel: Pick<Kernel, "clock" | "feed" | "log">, tokens: TokenTimes) {
		this.#kernel = kernel;
		this.#tokens = tokens;
		this.#watch = new TokenWatch<Held>(tokens, kernel.clock);
		this.#unsubscribe = kernel.feed.subscribe(({ type, entityId }) => {
			if (type === "token.revoked") this.#endWhere(({ tokenHash }) => tokenHash === entityId);
			// How long tokens may go unused is a setting.
			if (type === "organization.changed") this.#watch.checkSoon([...this.#held]);
		});
	}

	async isGood(tokenHash: string): Promise<boolean> {
		return (await this.#tokens.goodUntil(tokenHash)) !== undefined;
	}

	/**
	 * @param ended called once, unless it is followed no more by then; also where the token is over already
	 * @returns what ends the following
	 */
	follow(tokenHash: string, ended: () => void): () => void {
		const held: Held = { tokenHash, ended: false, goodUntil: new Date(0), end: ended };
		this.#held.add(held);
		this.#timer ??= setInterval(() => void this.#look(), lookEveryMs).unref();
		void this.#look();
		return () => this.#forget(held);
	}

	stop(): void {
		this.#unsubscribe();
		for (const held of this.#held) this.#forget(held);
	}

	async #look(): Promise<void> {
		try {
			for (const held of await this.#watch.overdue([...this.#held])) this.#end(held);
		} catch (error) {
			// It is looked again in a second.
			this.#kernel.log.warn({ err: error }, "tokens of what is open could not be checked");
		}
	}

	#endWhere(isOver: (held: Held) => boolean): void {
		for (const held of [...this.#held].filter(isOver)) this.#end(held);
	}

	#end(held: Held): void {
		if (held.ended) return;
		this.#forget(held);
		held.end();
	}

	#forget(held: Held): void {
		held.ended = true;
		this.#held.delete(held);
		if (this.#held.size > 0) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
	}
}
