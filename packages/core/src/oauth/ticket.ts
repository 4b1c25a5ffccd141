import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

/** How long a sign-in page stays good, in ms. */
const ticketLifetimeMs = 30 * 60_000;

export type ReadTicket = { kind: "good" | "expired"; request: AuthorizeRequest } | { kind: "forged" };

/**
 * Carries the checked request through the sign-in page, signed, so that no cookie and no memory is needed and the form
 * can only be what this server made of a valid request, a short while ago.
 */
export class Tickets {
	readonly #clock: Clock;
	readonly #readKey: () => Promise<string>;
	#key: Promise<string> | undefined;

	constructor(clock: Clock, readKey: () => Promise<string>) {
		this.#clock = clock;
		this.#readKey = readKey;
	}

	async make(request: AuthorizeRequest): Promise<string> {
		const expiresAt = this.#clock.now().getTime() + ticketLifetimeMs;
		const payload = Buffer.from(JSON.stringify({ request, expiresAt })).toString("base64url");
		return `${payload}.${await this.#sign(payload)}`;
	}

	async read(ticket: string): Promise<ReadTicket> {
		const [payload = "", signature = ""] = ticket.split(".");
		const expected = Buffer.from(await this.#sign(payload));
		const given = Buffer.from(signature);
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: "forged" };
		const { request, expiresAt } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as {
			request: AuthorizeRequest;
			expiresAt: number;
		};
		return { kind: expiresAt > this.#clock.now().getTime() ? "good" : "expired", request };
	}

	async #sign(payload: string): Promise<string> {
		this.#key ??= this.#readKey().catch((error: unknown) => {
			this.#key = undefined;
			throw error;
		});
		return createHmac("sha256", await this.#key)
			.update(payload)
			.digest("base64url");
	}
}
