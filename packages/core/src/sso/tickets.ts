import { seal, unseal } from "../kernel/sealing.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { SsoKeys } from "./keys.ts";

/** Texts that this server gives somebody to bring back: sealed, for one purpose, good for a time. */
export function createSealedTickets(clock: Clock, keyOf: SsoKeys) {
	return {
		/** @param purpose what it is good for alone; also a secret by which somebody is known again */
		async make(purpose: string, content: object, lifetimeMs: number): Promise<string> {
			const expiresAt = clock.now().getTime() + lifetimeMs;
			const text = JSON.stringify({ ...content, expiresAt });
			return seal(await keyOf("round-trip"), purpose, text).toString("base64url");
		},
		/** @returns undefined where it is none, or none any more */
		async read<T extends object>(purpose: string, ticket: string | undefined): Promise<T | undefined> {
			if (ticket === undefined || ticket.length > 4_000) return undefined;
			try {
				const text = unseal(await keyOf("round-trip"), purpose, Buffer.from(ticket, "base64url"));
				const content = JSON.parse(text) as T & { expiresAt: number };
				return content.expiresAt > clock.now().getTime() ? content : undefined;
			} catch {
				return undefined;
			}
		},
	};
}

export type SealedTickets = ReturnType<typeof createSealedTickets>;
