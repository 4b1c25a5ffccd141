import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Database } from "../kernel/database/database.ts";
import type { Principal } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { PanelSessionStore } from "./panel-session-store.ts";

/** What panel sessions ask of the oauth domain. */
export interface PanelTokens {
	/** When the principal's token ends; undefined when it has ended already. */
	expiryOf(principal: Principal): Promise<Date | undefined>;
	isGood(token: string): Promise<boolean>;
}

/** A session as its cookie begins. */
export interface OpenedSession {
	/** The cookie's value: 256 random bits as base64url, kept nowhere on the server. */
	secret: string;
	/** Seconds until the token ends, and the cookie with it. */
	maxAge: number;
}

/** A token as the panel gets it back; times in epoch milliseconds, as the panel counts. */
export interface KeptToken {
	accessToken: string;
	expiresAt: number;
	/** What the page has kept of the sign-in. */
	proof?: string;
}

/**
 * Keeps a panel's token where its browser gives frames no storage (third-party storage off, private windows). The browser
 * holds a secret, the server the token encrypted with a key made of that secret, and only the secret's hash: neither the
 * cookie without the database nor the database without the cookie yields a token.
 */
export class PanelSessions {
	readonly #database: Database;
	readonly #store: PanelSessionStore;
	readonly #tokens: PanelTokens;
	readonly #clock: Clock;

	constructor(database: Database, store: PanelSessionStore, tokens: PanelTokens, clock: Clock) {
		this.#database = database;
		this.#store = store;
		this.#tokens = tokens;
		this.#clock = clock;
	}

	/** Keeps the principal's token for a deployment, in place of what `previous` kept; undefined when it has just ended. */
	async open(
		principal: Principal,
		kept: { token: string; deployment: string; previous?: string; proof?: string },
	): Promise<OpenedSession | undefined> {
		const now = this.#clock.now();
		const expiresAt = await this.#tokens.expiryOf(principal);
		if (!expiresAt || expiresAt <= now) return undefined;
		const secret = randomBytes(32).toString("base64url");
		await this.#database.change(async (trx) => {
			// Whoever adds one takes away what has ended: no job is needed for a table this small.
			await this.#store.removeEnded(trx, now);
			if (kept.previous) await this.#store.remove(trx, hashOf(kept.previous));
			await this.#store.add(trx, {
				hash: hashOf(secret),
				deployment: kept.deployment,
				sealed: seal(secret, [kept.token, ...(kept.proof ? [kept.proof] : [])].join(" ")),
				expiresAt,
			});
		});
		return { secret, maxAge: Math.floor((expiresAt.getTime() - now.getTime()) / 1000) };
	}

	/** The token that the secret opens for this deployment, while it is good. */
	async read(secret: string, deployment: string): Promise<KeptToken | undefined> {
		const found = await this.#store.find(hashOf(secret));
		if (!found || found.deployment !== deployment || found.expiresAt <= this.#clock.now()) return undefined;
		const [accessToken, proof] = unseal(secret, found.sealed)?.split(" ") ?? [];
		if (accessToken === undefined || !(await this.#tokens.isGood(accessToken))) return undefined;
		return { accessToken, expiresAt: found.expiresAt.getTime(), ...(proof ? { proof } : {}) };
	}

	async close(secret: string): Promise<void> {
		await this.#database.change((trx) => this.#store.remove(trx, hashOf(secret)));
	}
}

const ivBytes = 12;
const tagBytes = 16;

function hashOf(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

/** Unlike the stored hash, so that the hash tells nothing about the key. */
function keyOf(secret: string): Buffer {
	return Buffer.from(hkdfSync("sha256", secret, "", "inlay panel session", 32));
}

/** AES-256-GCM: initialization vector, tag, ciphertext. */
function seal(secret: string, token: string): Buffer {
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv);
	const sealed = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Undefined when somebody has altered what was sealed. */
function unseal(secret: string, sealed: Buffer): string | undefined {
	try {
		const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), sealed.subarray(0, ivBytes), {
			authTagLength: tagBytes,
		});
		decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
		return decipher.update(sealed.subarray(ivBytes + tagBytes)).toString("utf8") + decipher.final("utf8");
	} catch {
		return undefined;
	}
}
