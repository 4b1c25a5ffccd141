import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";

/**
 * What a domain ends of a user who is deactivated or deleted, in the same transaction, in which the user's row is held. Who
 * locks something of the user's for a change that only an active user may make holds that row first (`references.ts`).
 * @returns what is to be done after the commit
 */
export type UserEnding = (trx: Trx, userId: string, actor: Actor) => Promise<() => void>;

/** Where domains register what ends with a user. */
export interface EndingUsers {
	onEnded(ending: UserEnding): void;
}
