import type { ThreadMessage, ThreadPage } from "../../session/message-thread.ts";

/** What is shown of a thread. */
export interface Shown {
	messages: readonly ThreadMessage[];
	hasMore: boolean;
	/** Whether the address takes files, as far as that was said. */
	files?: boolean;
	/** Who it is. */
	their: string;
	/** ISO 8601: since when they want no more messages. */
	optedOutAt?: string;
}

/** The newest page anew, under what was loaded of older ones, where nothing is missing between them. */
export function withNewest(
	shown: Shown | undefined,
	{ entities, hasMore, files, their, optedOutAt }: ThreadPage,
): Shown {
	const takes = { their, ...(files === undefined ? {} : { files }), ...(optedOutAt ? { optedOutAt } : {}) };
	const [first] = entities;
	const at = shown?.messages.findIndex(({ id }) => id === first?.id) ?? -1;
	if (!shown || at < 1) return { messages: entities, hasMore, ...takes };
	return { messages: [...shown.messages.slice(0, at), ...entities], hasMore: shown.hasMore, ...takes };
}

export function withOlder({ messages, ...rest }: Shown, { entities, hasMore }: ThreadPage): Shown {
	const known = new Set(messages.map(({ id }) => id));
	return { ...rest, messages: [...entities.filter(({ id }) => !known.has(id)), ...messages], hasMore };
}

/** How far one's own message has come, in the panel's words. */
export type Fate = "queued" | "sent" | "delivered" | "read" | "failed";

const fates: Readonly<Record<string, Fate>> = {
	queued: "queued",
	sent: "sent",
	"delivery-success": "delivered",
	read: "read",
	"delivery-failed": "failed",
	failed: "failed",
};

export function fateOf({ direction, status }: ThreadMessage): Fate | undefined {
	return direction === "outbound" ? fates[status] : undefined;
}

/** Whether a message begins another day than the one before it, by the reader's clock. */
export function beginsDay(messages: readonly ThreadMessage[], index: number): boolean {
	const day = (at: string | undefined) => (at === undefined ? "" : new Date(at).toDateString());
	return day(messages[index]?.at) !== day(messages[index - 1]?.at);
}
