import type { VoicemailAction } from "./events.ts";
import type { Voicemail } from "./model.ts";

/** What a reader changes of a voicemail; what is absent stays as it is. */
export interface VoicemailChange {
	read?: boolean | undefined;
	deleted?: boolean | undefined;
	note?: string | undefined;
	/** The reader sees to it, or does so no more. */
	claimed?: boolean | undefined;
}

/** A colleague has said that they take it; nothing was changed. */
export class ClaimedBy extends Error {
	readonly userId: string;

	constructor(userId: string) {
		super("A colleague takes this message already.");
		this.userId = userId;
	}
}

/** The voicemail after a change by that user. @throws ClaimedBy */
export function changed(
	held: Voicemail,
	{ read, note, claimed, deleted }: VoicemailChange,
	{ userId, now }: { userId: string | undefined; now: Date },
): Voicemail {
	const next = { ...held };
	if (read !== undefined && read !== (held.readAt !== undefined)) {
		delete next.readAt;
		delete next.readBy;
		if (read) Object.assign(next, { readAt: now, ...(userId ? { readBy: userId } : {}) });
	}
	if (note !== undefined) {
		delete next.note;
		if (note) next.note = note;
	}
	if (claimed !== undefined) {
		// Somebody else's word stands: the customer would be called twice, or by nobody.
		if (held.claimedBy && held.claimedBy !== userId) throw new ClaimedBy(held.claimedBy);
		delete next.claimedBy;
		if (claimed && userId) next.claimedBy = userId;
	}
	if (deleted === false) delete next.deletedAt;
	else if (deleted) next.deletedAt ??= now;
	return next;
}

/** What those who read it are told: one that is had back is there anew. */
export function actionOf(before: Voicemail, after: Voicemail): VoicemailAction {
	if (!before.deletedAt && after.deletedAt) return "deleted";
	return before.deletedAt && !after.deletedAt ? "created" : "updated";
}
