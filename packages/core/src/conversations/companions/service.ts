import type { Trx } from "../../kernel/database/database.ts";
import type { Frame } from "../frame.ts";
import type { Conversation } from "../model.ts";
import type { Controller } from "../service.ts";
import type { Companions } from "./model.ts";

/** One party's part, as it is from now on. */
export interface CompanionNote<List extends keyof Companions = keyof Companions> {
	participantId: string;
	list: List;
	part: NonNullable<Companions[List]>[number];
}

/** For the domains whose sessions run beside interactions. */
export interface CompanionNotes {
	/**
	 * In the caller's transaction, which holds no row of its own yet: the conversation is held before whatever follows it.
	 * @param notes asked once it is held
	 */
	note(
		trx: Trx,
		conversationId: string,
		notes: (held: Conversation) => CompanionNote[],
		by?: Controller,
	): Promise<Conversation>;
	/** A user's list has these conversations also after their end: what runs beside them goes on, and theirs is to end it. */
	keepOpen(idsOf: (userId: string) => readonly string[]): void;
	/** Ids of what is kept open in a user's list. */
	openFor(userId: string): readonly string[];
}

export function createCompanions({ changes }: Frame): CompanionNotes {
	const keepers: ((userId: string) => readonly string[])[] = [];
	return {
		keepOpen: (idsOf) => void keepers.push(idsOf),
		openFor: (userId) => keepers.flatMap((idsOf) => idsOf(userId)),
		note: (trx, conversationId, notes, by) =>
			changes.apply(
				trx,
				{ conversationId, commands: (held) => notes(held).map((one) => ({ type: "companion", ...one })) },
				by && { ...(by.userId ? { userId: by.userId } : {}), ...(by.clientId ? { clientId: by.clientId } : {}) },
			),
	};
}
