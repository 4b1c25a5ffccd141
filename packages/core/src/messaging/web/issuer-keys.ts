import type { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type PublicJwk, SignInRefused } from "./signed-token.ts";

/** So long keys are good without asking again, and between two askings for one that is not known, ms. */
const goodMs = 10 * 60_000;
const againMs = 30_000;
const answerMs = 5_000;
const mostBytes = 256 * 1024;

interface Known {
	keys: PublicJwk[];
	at: number;
}

/** The keys by which pages' sign-ins sign: as they stand in the settings, or from where these say. */
export class IssuerKeys {
	readonly #known = new Map<string, Promise<Known>>();
	readonly #outgoing: Pick<Outgoing, "ask">;
	readonly #clock: Pick<Clock, "now">;

	constructor(outgoing: Pick<Outgoing, "ask">, clock: Pick<Clock, "now">) {
		this.#outgoing = outgoing;
		this.#clock = clock;
	}

	/** @param keys JSON, or the address of such @throws ApiError 401 where they cannot be had */
	async of(keys: string, kid: string | undefined): Promise<PublicJwk[]> {
		if (!/^https?:/i.test(keys)) return named(keysIn(keys), kid);
		const known = await this.#read(keys, goodMs);
		const found = named(known.keys, kid);
		if (found.length > 0 || this.#clock.now().getTime() - known.at < againMs) return found;
		return named((await this.#read(keys, 0)).keys, kid);
	}

	async #read(url: string, goodFor: number): Promise<Known> {
		const before = await this.#known.get(url)?.catch(() => undefined);
		if (before && this.#clock.now().getTime() - before.at < goodFor) return before;
		const reading = this.#ask(url);
		this.#known.set(url, reading);
		try {
			return await reading;
		} catch {
			this.#known.delete(url);
			throw new SignInRefused("keys", "The issuer's keys could not be read.");
		}
	}

	async #ask(url: string): Promise<Known> {
		const headers = { accept: "application/json" };
		const answer = await this.#outgoing.ask(new URL(url), { method: "GET", headers, timeoutMs: answerMs, mostBytes });
		if (answer.status !== 200) throw new Error(`The issuer answered ${answer.status}.`);
		return { keys: keysIn(answer.body.toString()), at: this.#clock.now().getTime() };
	}
}

/** A JWK set, or a single key. @throws SyntaxError */
export function keysIn(json: string): PublicJwk[] {
	const value = JSON.parse(json) as { keys?: unknown; kty?: unknown } | null;
	const all = Array.isArray(value?.keys) ? value.keys : value?.kty ? [value] : [];
	return all.filter((one): one is PublicJwk => typeof one === "object" && one !== null && one.use !== "enc");
}

function named(keys: readonly PublicJwk[], kid: string | undefined): PublicJwk[] {
	return keys.filter((one) => kid === undefined || one.kid === undefined || one.kid === kid);
}
