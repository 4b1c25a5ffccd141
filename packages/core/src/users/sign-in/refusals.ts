import { createHmac } from "node:crypto";
import type { Kernel } from "../../kernel/domain.ts";
import { signInRefused, signInsRefused } from "../events.ts";
import { networkOf } from "./brake.ts";
import type { SignInKeys } from "./keys.ts";
import { type Bucket, levelAt, waitMs } from "./leaky.ts";

/** Why somebody was not let in. Stable: operators search for them; docs/security.md says what each means. */
export type RefusalReason =
	// Who they are: name, password, second factor.
	| "unknown-user"
	| "wrong-password"
	| "inactive-user"
	| "wrong-code"
	| "wrong-old-password"
	| "address-not-allowed"
	| "braked"
	| "busy"
	// For whom and where to: the request of an OAuth client.
	| "unknown-client"
	| "disabled-client"
	| "wrong-grant"
	| "client-not-authorized"
	| "unregistered-redirect"
	| "malformed-request"
	| "client-credentials"
	// On the way: forms of the sign-in page.
	| "forged-form"
	| "expired-form"
	| "outdated-proof"
	| "no-demo-user"
	// By an identity provider, and because of them.
	| "sso-unknown-provider"
	| "sso-other-organization"
	| "sso-other-browser"
	| "sso-provider-refused"
	| "sso-unreachable"
	| "sso-not-proven"
	| "sso-transient-name"
	| "sso-address-missing"
	| "sso-address-unverified"
	| "sso-address-taken"
	| "sso-no-account"
	| "sso-not-allowed"
	| "passwords-off"
	// What a client brings for a token.
	| "unknown-authorization-code"
	| "used-authorization-code"
	| "expired-authorization-code"
	| "other-redirect"
	| "wrong-verifier"
	| "unknown-refresh-token"
	| "used-refresh-token"
	| "unfit-subject-token"
	| "ended-session"
	| "factor-demanded";

/** A refused sign-in, as it is known when it is refused. */
export interface Refusal {
	reason: RefusalReason;
	/** Address of whoever tried. */
	address: string;
	/** What was typed as a user name. It may be a password in the wrong field: it is kept only where it names a user. */
	username?: string;
	/** The user whose name it is, if any. */
	userId?: string;
	/** OAuth client that was to be signed in to, or that failed to prove itself. */
	clientId?: string;
	/** The device had signed in as this user before. */
	knownDevice?: boolean;
	/** More of the reason, in this server's own words or by its own means; nothing that was typed, and no secret. */
	detail?: string;
}

/** Told one by one: so many at once from one address, and in all; the others are counted and told together. */
const perAddress = { burst: 10, refillMs: 6_000 };
const inAll = { burst: 200, refillMs: 500 };
const tellRestEveryMs = 60_000;
const mostAddresses = 10_000;

/**
 * Puts refused sign-ins into the event log (audit) and the server's log (operators), bounded: whoever tries a thousand
 * names a second fills neither. What is over the bound is counted and told once a minute.
 */
export class Refusals {
	readonly #kernel: Kernel;
	readonly #keys: SignInKeys;
	readonly #byAddress = new Map<string, Bucket>();
	#all: Bucket;
	#rest = new Map<RefusalReason, number>();
	#restAddresses = new Set<string>();
	#timer: NodeJS.Timeout | undefined;

	constructor(kernel: Kernel, keys: SignInKeys) {
		this.#kernel = kernel;
		this.#keys = keys;
		this.#all = { level: 0, at: kernel.clock.now() };
	}

	/** A refusal that cannot be written down is a line in the log, and still a refusal. */
	async record(refusal: Refusal): Promise<void> {
		if (!this.#hasRoom(networkOf(refusal.address))) return this.#count(refusal);
		const { username, ...known } = refusal;
		const told = { ...known, ...(await this.#nameOf(refusal)) };
		this.#kernel.log.warn({ event: "sign-in.refused", ...told }, "a sign-in was refused");
		await this.#append([signInRefused(told)]);
	}

	/** Tells what was only counted so far. */
	async tellRest(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#rest.size === 0) return;
		const told = { reasons: Object.fromEntries(this.#rest), addresses: this.#restAddresses.size };
		this.#rest = new Map();
		this.#restAddresses = new Set();
		this.#kernel.log.warn(
			{ event: "sign-in.refused.more", ...told },
			"more sign-ins were refused than are told singly",
		);
		await this.#append([signInsRefused(told)]);
	}

	async #append(events: Parameters<Kernel["events"]["append"]>[1]): Promise<void> {
		try {
			await this.#kernel.database.change((trx) => this.#kernel.events.append(trx, events));
		} catch (error) {
			this.#kernel.log.error({ err: error }, "a refused sign-in could not be written into the event log");
		}
	}

	/** A name that is nobody's is told as a mark: the same name has the same mark, and nobody can read it. */
	async #nameOf({ userId, username }: Refusal): Promise<{ username?: string; nameMark?: string }> {
		if (!username) return {};
		if (userId) return { username };
		const key = await this.#keys.get("name");
		return { nameMark: createHmac("sha256", key).update(username.toLowerCase()).digest("hex").slice(0, 8) };
	}

	#hasRoom(address: string): boolean {
		const now = this.#kernel.clock.now();
		const own = levelAt(this.#byAddress.get(address) ?? { level: 0, at: now }, now, perAddress);
		const all = levelAt(this.#all, now, inAll);
		if (waitMs(own, perAddress) > 0 || waitMs(all, inAll) > 0) return false;
		if (!this.#byAddress.has(address) && this.#byAddress.size >= mostAddresses) this.#byAddress.clear();
		this.#byAddress.set(address, { level: own + 1, at: now });
		this.#all = { level: all + 1, at: now };
		return true;
	}

	#count({ reason, address }: Refusal): void {
		this.#rest.set(reason, (this.#rest.get(reason) ?? 0) + 1);
		if (this.#restAddresses.size < mostAddresses) this.#restAddresses.add(networkOf(address));
		this.#timer ??= setTimeout(() => void this.tellRest(), tellRestEveryMs).unref();
	}
}
