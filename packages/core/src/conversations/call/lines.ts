import type { Trx } from "../../kernel/database/database.ts";
import { type Conversation, communicationOf, isStaff, livePartOf, type Participant } from "../model.ts";
import type { Change } from "../store.ts";
import type { TransitionContext } from "../transitions/context.ts";
import { transition } from "../transitions/transition.ts";
import { isOnLine } from "./model.ts";

/**
 * A user's line: their phone has as many call appearances as their station says, one by default, and whoever takes one
 * sets aside what is on the line. Two changes for one user at once would each miss the other's call, so a change that
 * takes a line, or rings a user, holds it first: before every row (see `changes.ts` for the order of locks).
 */
export interface LineWish {
	/** The line of this party's user. */
	participantId?: string;
	/** The lines of everybody who took part. */
	everybody?: boolean;
	userIds?: readonly string[];
}

/** A change turned out to need lines that it does not hold: it is undone and made again with them. */
export class LinesNeeded extends Error {
	readonly userIds: readonly string[];

	constructor(userIds: readonly string[]) {
		super("A user's line was needed that was not held.");
		this.userIds = userIds;
	}
}

/** How many calls users' stations have on the line at once; one for who is left out. */
export type Appearances = (trx: Trx, userIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** Users who are on the line since this change. */
export function usersOnLine({ before, after }: Change): string[] {
	return usersNewly(before, after, isOnLine);
}

/** Users whose phone rings since this change. */
export function usersRung({ before, after }: Change): string[] {
	return usersNewly(before, after, (one) => isStaff(one) && communicationOf(one).state === "alerting");
}

function usersNewly(before: Conversation | undefined, after: Conversation, is: (one: Participant) => boolean) {
	const were = new Set(before?.participants.filter(is).map((one) => one.id));
	return after.participants.flatMap((one) => (one.userId && is(one) && !were.has(one.id) ? [one.userId] : []));
}

/**
 * Holds what is on the line of users who took a line, beyond what their stations have open: the oldest goes first.
 * @param held every conversation in which these users are on the line, as it is now
 */
export async function setAside(
	trx: Trx,
	changes: readonly Change[],
	held: ReadonlyMap<string, Conversation>,
	appearances: Appearances,
	context: TransitionContext,
): Promise<Change[]> {
	const taken = changes.flatMap((change) => usersOnLine(change).map((userId) => ({ userId, by: change.after.id })));
	const now = new Map(held);
	for (const { userId, by } of taken) {
		const others = [...now.values()].filter((one) => one.id !== by && isOnLineIn(one, userId));
		if (others.length === 0) continue;
		const open = (await appearances(trx, [userId])).get(userId) ?? 1;
		const newestFirst = others.toSorted((a, b) => startOf(b, userId).localeCompare(startOf(a, userId)));
		for (const other of newestFirst.slice(Math.max(0, open - 1)))
			now.set(other.id, transition(other, { type: "set.aside", userId }, context));
	}
	return [...held].flatMap(([id, before]) => {
		const after = now.get(id);
		return after && after !== before ? [{ before, after }] : [];
	});
}

function isOnLineIn(conversation: Conversation, userId: string): boolean {
	const own = livePartOf(conversation, userId);
	return own !== undefined && isOnLine(own);
}

function startOf(conversation: Conversation, userId: string): string {
	return livePartOf(conversation, userId)?.startTime ?? "";
}
