/** Whose mailbox: a person's, a group's, or a queue's (agent-features 7). */
export type OwnerType = "user" | "group" | "queue";

export interface Owner {
	type: OwnerType;
	id: string;
}

/** Where a copy came from, or went to. */
export interface CopyRecord {
	userId?: string;
	groupId?: string;
	/** ISO 8601. */
	at: string;
}

export interface Voicemail {
	id: string;
	owner: Owner;
	/** In which it was left; what was forwarded keeps it. */
	conversationId: string;
	callerAddress?: string;
	callerName?: string;
	callerUserId?: string;
	/** Where the sound lies; copies share it. */
	key: string;
	bytes: number;
	durationMs: number;
	/** 100 points from 0 to 1. */
	waveform: number[];
	createdAt: Date;
	modifiedAt: Date;
	modifiedBy?: string;
	/** By whom it was heard first; absent while nobody has. */
	readBy?: string;
	readAt?: Date;
	/** Who has said in a group that they see to it. */
	claimedBy?: string;
	note?: string;
	/** What is said in it, as far as a speech engine has understood it. */
	transcription?: string;
	copiedFrom?: CopyRecord;
	copiedTo: CopyRecord[];
	deletedAt?: Date;
	/** The conversation by which a queue's people are offered it; whoever has that in hand hears the message. */
	itemId?: string;
	/** It is deleted for good then, whatever becomes of it. */
	expiresAt?: Date;
}

/** What a mailbox holds. */
export interface MailboxCounts {
	total: number;
	unread: number;
	deleted: number;
	/** Of everything that is kept, in bytes. */
	usage: number;
	newestUnread?: Date;
	oldestUnread?: Date;
	newestRead?: Date;
	oldestRead?: Date;
}

/** How long what was deleted can be had back, in ms (agent-features 7). */
export const restorableMs = 7 * 86_400_000;

/** When a voicemail goes for good; undefined while it is kept without end. */
export function purgeTime({ deletedAt, expiresAt }: Pick<Voicemail, "deletedAt" | "expiresAt">): Date | undefined {
	const times = [deletedAt && deletedAt.getTime() + restorableMs, expiresAt?.getTime()];
	const [first] = times.filter((time) => time !== undefined).toSorted((one, other) => one - other);
	return first === undefined ? undefined : new Date(first);
}
