import type { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type PublicJwk, SignInRefused } from "./signed-token.ts";

/** So long keys are good without asking again, and between two askings for one that is not known, ms. */
const goodMs = 10 * 60_000;
const againMs = 30_000;
/** So long keys stay while the issuer cannot be asked: a key that was withdrawn is not taken for ever, ms. */
const longestMs = 24 * 60 * 60_000;
const answerMs = 5_000;
const mostBytes = 256 * 1024;

/** What is known of an address. */
interface Known {
	keys: PublicJwk[];
	/** When the keys came; undefined where none ever did. */
	at?: number;
	/** When it was asked last, whatever came of it. */
	askedAt: number;
	/** Whoever needs the keys while they are asked for waits for the same answer. */
	asking?: Promise<void>;
}

/**
 * The keys by which pages' sign-ins sign: as they stand in the settings, or from where these say. Strangers' tokens may name
 * any key, so an address is asked once at a time and once in half a minute, whatever it answers; one that fails leaves the
 * keys that are known as they are.
 */
export class IssuerKeys {
	readonly #known = new Map<string, Known>();
	readonly #outgoing: Pick<Outgoing, "ask">;
	readonly #clock: Pick<Clock, "now">;

	constructor(outgoing: Pick<Outgoing, "ask">, clock: Pick<Clock, "now">) {
		this.#outgoing = outgoing;
		this.#clock = clock;
	}

	/** @param keys JSON, or the address of such @throws ApiError 401 where they cannot be had */
	async of(keys: string, kid: string | undefined): Promise<PublicJwk[]> {
		if (!/^https?:/i.test(keys)) return named(keysIn(keys), kid);
		const known = this.#knownOf(keys);
		if (!this.#isGood(known) || named(known.keys, kid).length === 0) await this.#read(keys, known);
		if (!this.#isKnown(known)) throw new SignInRefused("keys", "The issuer's keys could not be read.");
		return named(known.keys, kid);
	}

	#knownOf(url: string): Known {
		const known = this.#known.get(url) ?? { keys: [], askedAt: Number.NEGATIVE_INFINITY };
		this.#known.set(url, known);
		return known;
	}

	#isGood({ at }: Known): boolean {
		return at !== undefined && this.#now() - at < goodMs;
	}

	/** Good, or so lately good that an issuer in trouble signs nobody out. */
	#isKnown({ at }: Known): boolean {
		return at !== undefined && this.#now() - at < longestMs;
	}

	/** Asks anew, unless that is under way or was done a moment ago. */
	async #read(url: string, known: Known): Promise<void> {
		if (!known.asking) {
			if (this.#now() - known.askedAt < againMs) return;
			known.askedAt = this.#now();
			known.asking = this.#ask(url)
				.then((keys) => {
					known.keys = keys;
					known.at = this.#now();
				})
				.catch(() => undefined)
				.finally(() => {
					delete known.asking;
				});
		}
		await known.asking;
	}

	#now(): number {
		return this.#clock.now().getTime();
	}

	async #ask(url: string): Promise<PublicJwk[]> {
		const headers = { accept: "application/json" };
		const answer = await this.#outgoing.ask(new URL(url), { method: "GET", headers, timeoutMs: answerMs, mostBytes });
		if (answer.status !== 200) throw new Error(`The issuer answered ${answer.status}.`);
		return keysIn(answer.body.toString());
	}
}

/** Those that sign of a JWK set, or a single key. @throws SyntaxError */
function keysIn(json: string): PublicJwk[] {
	const value = JSON.parse(json) as { keys?: unknown; kty?: unknown } | null;
	const all = Array.isArray(value?.keys) ? value.keys : value?.kty ? [value] : [];
	return all.filter((one): one is PublicJwk => typeof one === "object" && one !== null && one.use !== "enc");
}

function named(keys: readonly PublicJwk[], kid: string | undefined): PublicJwk[] {
	return keys.filter((one) => kid === undefined || one.kid === undefined || one.kid === kid);
}
