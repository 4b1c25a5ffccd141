import { badField } from "../kernel/http/api-error.ts";
import { systemPresenceNamed } from "../presence/model.ts";

/** A mailbox that others share. */
export interface Overflow {
	type: "group" | "queue";
	id: string;
}

/** What the organization says of voicemail; what is absent is as {@link policyOf} has it. */
export interface StoredPolicy {
	/** Nobody has a mailbox until an administrator says so. */
	enabled?: boolean;
	/** How long a phone rings before the mailbox answers. */
	alertTimeoutSeconds?: number;
	/** The longest message. */
	maximumRecordingTimeSeconds?: number;
	/** System presences with which calls go to the mailbox at once. */
	straightPresences?: string[];
	/** Messages that one mailbox holds. */
	maximumMessages?: number;
	/** The queue to which a key leads callers who speak to the mailbox of a person or a group; absent: none. */
	exitQueueId?: string | null;
	/** Whose mailbox takes what is left for people and groups whose own is full; absent: callers are told that it is. */
	overflow?: Overflow | null;
	/** Days after which a message is deleted; absent: never. */
	retentionDays?: number | null;
	/** Whoever reads a mailbox, and has not said otherwise, is told of messages by email. */
	emailNotices?: boolean;
	/** Who called does not stand in these mails. */
	noticeWithoutCaller?: boolean;
	/** The address from which they come. */
	noticeFrom?: string | null;
}

export interface Policy
	extends Required<Omit<StoredPolicy, "retentionDays" | "exitQueueId" | "noticeFrom" | "overflow">> {
	overflow?: Overflow;
	noticeFrom?: string;
	retentionDays?: number;
	exitQueueId?: string;
}

/** All members at once, one after the other, or nobody: its mailbox answers at once. */
export const groupRings = ["together", "inTurn", "none"] as const;
export type GroupRing = (typeof groupRings)[number];
/** How long phones of a group ring where nothing is said, seconds. */
export const defaultRotateSeconds = 20;
/** How many members of a group ring at most: more phones than that are no group that is called. */
export const mostRung = 20;

/** What an owner has of their own. */
export interface OwnerPolicy {
	/** Absent: a user's and a group's mailbox takes messages, a queue's does not. */
	enabled?: boolean;
	/** Of a user: false: they are not told of messages by email. */
	emailNotices?: boolean;
	alertTimeoutSeconds?: number;
	/** Of a queue: its mailbox answers at once while nobody works for it. */
	whenUnstaffed?: boolean;
	/** Of a group: whom it rings before its mailbox answers. Absent: all of its members together. */
	ring?: GroupRing;
	/** Of a group: how long they ring, or each of them in turn, seconds. */
	rotateSeconds?: number;
}

/** Seconds. Fewer leave nobody the time to answer; more than a caller waits. */
export const alertRange = [5, 60] as const;
/** Seconds. */
export const lengthRange = [2, 180] as const;
export const messagesRange = [1, 1000] as const;
export const longestRetentionDays = 3650;

/** Of agent-features 7, as far as the platform says nothing else. */
const defaults: Policy = {
	enabled: false,
	alertTimeoutSeconds: 24,
	maximumRecordingTimeSeconds: 180,
	straightPresences: ["Busy", "Break", "Meal", "Meeting", "Training", "Offline"],
	maximumMessages: 100,
	emailNotices: false,
	noticeWithoutCaller: false,
};

export function policyOf({ retentionDays, exitQueueId, noticeFrom, overflow, ...stored }: StoredPolicy): Policy {
	return {
		...defaults,
		...stored,
		...(retentionDays ? { retentionDays } : {}),
		...(exitQueueId ? { exitQueueId } : {}),
		...(overflow ? { overflow } : {}),
		...(noticeFrom ? { noticeFrom } : {}),
	};
}

/** @throws ApiError 400 naming the field for what is no system presence */
export function readPresences(sent: readonly string[]): string[] {
	const read = sent.map((name) => {
		const known = systemPresenceNamed(name);
		if (known === undefined)
			throw badField("inlayStraightPresences", `inlayStraightPresences: ${name} is no system presence.`);
		return known;
	});
	return [...new Set(read)];
}
