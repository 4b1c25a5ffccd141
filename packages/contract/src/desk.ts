/**
 * What the panel and the server agree on about an agent's desk: what was done with an interaction (log, wrap-up, pops,
 * transfer context) and which of the agent's panels leads. Ours, beside the platform's contract.
 */

/**
 * In which respects something is remembered: notes and log, screen pop, what was added for a transfer, a callback that is being
 * agreed upon, a message that is being written, what is being corrected of a campaign's contact; and, of a voicemail in place of an interaction, what is being noted with it.
 */
export const deskSections = ["log", "pop", "transfer", "callback", "message", "contact", "voicemail"] as const;

/** One thing that is remembered of an interaction. */
export interface DeskEntryView {
	conversationId: string;
	/** One of {@link deskSections}. */
	section: string;
	/** Counts writings; to be sent with the next one. */
	version: number;
	value: unknown;
	/** The panel that wrote it last. */
	panelId: string;
	dateModified: string;
}

/** The panel that rings, pops, logs and has the phone. */
export interface DeskLeaderView {
	panelId: string;
	since: string;
}

/** `GET /api/v2/inlay/desk`. */
export interface DeskView {
	entries: DeskEntryView[];
	leader?: DeskLeaderView;
	/** When the agent looked at their missed calls last; absent: never. */
	callsSeenAt?: string;
	/** There is something that the agent has begun to write and not sent: `GET /api/inlay/v1/email/drafts/me` may list it. */
	hasDrafts?: true;
}

/** Body of the notifications on {@link deskTopic}: one of these. */
export interface DeskNotice {
	entry?: DeskEntryView;
	/** Null where nobody leads. */
	leader?: DeskLeaderView | null;
	callsSeenAt?: string;
}

/** Topic of the agent's own desk, which nobody else may follow. */
export function deskTopic(userId: string): string {
	return `v2.inlay.desks.${userId}`;
}
