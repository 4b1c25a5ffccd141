import type { Trx } from "./database/database.ts";
import type { Actor } from "./events/event-log.ts";
import type { DivisionSet } from "./principal.ts";

/**
 * Whether somebody may do what they have asked for a while ago: a file took its time, a job goes on. Their account is in use
 * still, and they hold the permission where the thing lies now. Whoever is known by neither name may nothing.
 */
export type StillMay = (trx: Trx, actor: Actor, permission: string, divisionId: string) => Promise<boolean>;

interface Accounts {
	/** Whether the user's account is in use, or the client's where there is no user. */
	isActive(trx: Trx, actor: Actor): Promise<boolean>;
	divisionsOfAll(trx: Trx, subjectIds: readonly string[], permissions: readonly string[]): Promise<DivisionSet>;
}

/** Reads both in the caller's transaction: no memory of rights is asked. */
export function createStillMay({ isActive, divisionsOfAll }: Accounts): StillMay {
	return async (trx, actor, permission, divisionId) => {
		const subject = actor.userId ?? actor.clientId;
		if (subject === undefined || !(await isActive(trx, actor))) return false;
		const held = await divisionsOfAll(trx, [subject], [permission]);
		return held === "all" || held.has(divisionId);
	};
}
