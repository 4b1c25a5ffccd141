import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";

/**
 * What a domain ends of a user who is deactivated or deleted, in the same transaction, in which the user's row is held. It
 * holds what is the user's (their routing status, their station) before it ends that; so who holds it for a change that
 * only an active user may make has only to look (`whichActive`), and waits for no user.
 * @returns what is to be done after the commit
 */
export type UserEnding = (trx: Trx, userId: string, actor: Actor) => Promise<() => void>;

/** Asked in the transaction that deletes a user, before anything is done. @throws ApiError 409 where something leads to them */
export type UserRefusal = (trx: Trx, userId: string) => Promise<void>;

/** What other domains need to know of users who may end at any time. */
export interface EndingUsers {
	/** Registers what ends with a user. */
	onEnded(ending: UserEnding): void;
	/** Registers what is there again with a user who was deactivated and is active again. */
	onRevived(reviving: UserEnding): void;
	/** Those of the users who are active, held so until the transaction ends. */
	holdActive(trx: Trx, userIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** The same without holding them, for who holds already what an ending of theirs needs. */
	whichActive(trx: Trx, userIds: readonly string[]): Promise<ReadonlySet<string>>;
}
