import { randomBytes } from "node:crypto";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { FileWish } from "../files.ts";
import type { Guest } from "./guest-store.ts";

/** So long a page may take to begin, ms. */
const goodMs = 120_000;
const mostTickets = 10_000;

/** What a page may bring, once. */
export interface Ticket {
	guest: Guest;
	addressId: string;
	/** Of the message that the file is. */
	clientId: string;
	wish: FileWish;
}

/** Addresses for one file each, which nobody guesses. */
export class Tickets {
	readonly #kept = new Map<string, Ticket & { until: number }>();

	give(ticket: Ticket, nowMs = performance.now()): string {
		for (const [other, { until }] of this.#kept) {
			if (until > nowMs && this.#kept.size < mostTickets) break;
			this.#kept.delete(other);
		}
		const secret = randomBytes(24).toString("base64url");
		this.#kept.set(secret, { ...ticket, until: nowMs + goodMs });
		return secret;
	}

	/** @throws ApiError 403 for one that is none, was used, or is over */
	use(secret: string, nowMs = performance.now()): Ticket {
		const found = this.#kept.get(secret);
		this.#kept.delete(secret);
		if (!found || found.until <= nowMs) throw ticketInvalid();
		return found;
	}
}

export function ticketInvalid(): ApiError {
	return new ApiError(403, "message.file.ticket", "This address takes no file. Send the file again.");
}
