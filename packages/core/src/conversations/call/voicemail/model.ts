import { type Conversation, isLive, type Participant, type QueueFacts, waitingAcd } from "../../model.ts";

/** A mailbox as calls know it: into whose a caller is taken, and how (agent-features 7). */
export interface Mailbox {
	type: "user" | "group" | "queue";
	id: string;
	name: string;
	/** How long the user's phone rings before it answers, in ms. */
	ringMs: number;
	/** The longest message, in ms. */
	longestMs: number;
	/** Where a greeting of its own lies in storage. */
	greeting?: string;
	/** The queue to which {@link exitDigit} leads those who came by none. */
	exitQueueId?: string;
	/** It holds no more: callers are told so. */
	full?: boolean;
	/** Nobody is rung: the user's presence says so, no phone of theirs is there, or nobody works for the queue just now. */
	straight?: "presence" | "unreachable" | "unstaffed";
}

/** Whoever presses it speaks to somebody instead (agent-features 7, "press 0 for the queue"). */
export const exitDigit = "0";

/** What a mailbox that has answered is doing. */
export interface VoicemailPart {
	mailbox: Mailbox;
	/** `full` and `greeting` speak to the caller; `recording` listens. */
	stage: "full" | "greeting" | "recording";
	/** How often the caller has begun: at first the greeting is said, afterwards the tone alone. */
	take: number;
	/** Somebody can be reached by {@link exitDigit}. */
	leadsOn?: boolean;
	/** What is being recorded; absent before the tone. */
	recordingId?: string;
}

/** The mailbox that somebody is speaking to. */
export function mailboxIn(conversation: Conversation): Participant | undefined {
	return conversation.participants.find((one) => one.internal.voicemail && isLive(one));
}

/** The queue by which whoever speaks to a mailbox came. */
export function queueBehind({ participants }: Conversation): QueueFacts | undefined {
	return participants.findLast((one) => one.purpose === "acd")?.internal.fallbackQueue;
}

/** Where the one who waits in a queue may leave a message instead of waiting. */
export function mailboxOfQueue(conversation: Conversation): Mailbox | undefined {
	return waitingAcd(conversation)?.internal.fallbackQueue?.mailbox;
}
