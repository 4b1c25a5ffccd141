import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../kernel/time/clock.ts";
import type { Proof } from "../users/sign-in/sign-in.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

/** How long the first page stays good, in ms. */
const ticketLifetimeMs = 30 * 60_000;
/** How long somebody has for a step after the password: an app to install, a code to type. */
const progressLifetimeMs = 15 * 60_000;

/** When no form of a sign-in that is completed now is good any more. */
export function signInEnd(now: Date): Date {
	return new Date(now.getTime() + progressLifetimeMs);
}

/** An identity provider's word for somebody, come back in this request. */
export interface Vouching {
	/** Of the round trip to the provider: it lets in once. */
	id: string;
	providerId: string;
	/** By which scripts and operators know the provider. */
	name: string;
	/** By which one signs out there. */
	idToken?: string;
}

/** How far a sign-in has come. */
export interface Progress {
	/** Of this one sign-in, from its first step on: it lets in once, whichever of its forms is sent again. */
	id: string;
	/** Who has given the right password; outdated when it changes meanwhile. */
	proof: Proof;
	/** The code of the second factor was right too. */
	secondFactor: boolean;
	/** A demo user, of whom no password is asked and so none to be changed. */
	demo: boolean;
	/** Who vouches for the user instead of a password; such a sign-in has no step that a form would carry. */
	vouching?: Vouching;
	/** While a second factor is set up: what its recovery codes follow from. Random, and kept nowhere but in this form. */
	codesOf?: string;
}

/** What a form of the sign-in pages is about. */
export interface TicketContent {
	request: AuthorizeRequest;
	/** Absent before the password. */
	progress?: Progress;
}

export type ReadTicket = ({ kind: "good" | "expired" } & TicketContent) | { kind: "forged" };

/**
 * Carries the checked request, and how far its sign-in has come, through the sign-in pages, signed, so that no cookie and
 * no memory is needed and the form can only be what this server made of a valid request, a short while ago.
 */
export class Tickets {
	readonly #clock: Clock;
	readonly #readKey: () => Promise<string>;
	#key: Promise<string> | undefined;

	constructor(clock: Clock, readKey: () => Promise<string>) {
		this.#clock = clock;
		this.#readKey = readKey;
	}

	async make(content: TicketContent): Promise<string> {
		const lifetimeMs = content.progress ? progressLifetimeMs : ticketLifetimeMs;
		const expiresAt = this.#clock.now().getTime() + lifetimeMs;
		const payload = Buffer.from(JSON.stringify({ ...content, expiresAt })).toString("base64url");
		return `${payload}.${await this.#sign(payload)}`;
	}

	async read(ticket: string): Promise<ReadTicket> {
		const [payload = "", signature = ""] = ticket.split(".");
		const expected = Buffer.from(await this.#sign(payload));
		const given = Buffer.from(signature);
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: "forged" };
		const { expiresAt, ...content } = JSON.parse(
			Buffer.from(payload, "base64url").toString("utf8"),
		) as TicketContent & {
			expiresAt: number;
		};
		// Before sign-ins had an id their forms could be sent again; such a form is from before an update.
		const isNumbered = content.progress === undefined || typeof content.progress.id === "string";
		return { kind: isNumbered && expiresAt > this.#clock.now().getTime() ? "good" : "expired", ...content };
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
