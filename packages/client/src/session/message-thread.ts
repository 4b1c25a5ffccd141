import type { ApiClient } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";

/** One message of an exchange, as the server has it (platform-api 5.10; ours). */
export interface ThreadMessage {
	id: string;
	direction: "inbound" | "outbound";
	text: string;
	status: string;
	/** The machine wrote it, as the answer to STOP. */
	automatic: boolean;
	/** ISO 8601. */
	at: string;
	/** The conversation in which it was written; the thread goes over all of them. */
	conversationId?: string;
	user?: { id: string; name?: string };
	segments?: number;
	/** It is a file, and the text its name. */
	file?: { name: string; type: string; size: number };
	error?: { code: string; message: string };
	/** Id of the one that had failed, and is sent again by this. */
	againOf?: string;
}

export interface ThreadPage {
	channel: string;
	our: string;
	their: string;
	/** Whether files go by the address. */
	files?: boolean;
	/** The oldest first. */
	entities: ThreadMessage[];
	/** There are older ones than these. */
	hasMore: boolean;
}

/**
 * A part of the exchange with the customer of a conversation, the newest unless told.
 * @param before id of a message: those that are older. Rejects with ApiError.
 */
export function readThread(
	api: Pick<ApiClient, "get">,
	conversationId: string,
	{ pageSize, before }: { pageSize: number; before?: string | undefined },
): Promise<ThreadPage> {
	const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
	return api.get(`/api/inlay/v1/conversations/messages/${conversationId}/thread?${query}`);
}

/** What was written in the conversation itself, the oldest first. Rejects with ApiError. */
export async function readMessages(api: Pick<ApiClient, "get">, conversationId: string): Promise<ThreadMessage[]> {
	const found: ThreadMessage[] = [];
	for (;;) {
		const before = found[0]?.id;
		const page = await readThread(api, conversationId, { pageSize: 100, before });
		found.unshift(...page.entities);
		const oldest = page.entities[0];
		const isBefore = oldest?.conversationId !== undefined && oldest.conversationId !== conversationId;
		if (!page.hasMore || !oldest || isBefore) break;
	}
	return found.filter((one) => one.conversationId === conversationId);
}

/** Changes when something was written in the conversation, or became of what was. */
export function stampOf(interaction: LiveInteraction): string {
	return entriesOf(interaction)
		.map((entry) => `${entry.message?.id ?? entry.messageId} ${entry.messageStatus}`)
		.join();
}

/** Id of what the customer has written last: a message, or an email. */
export function lastOfCustomer({ source, media }: LiveInteraction): string | undefined {
	const theirs = (source.participants ?? []).filter(({ purpose }) => purpose === "customer");
	if (media === "email") return theirs.flatMap(({ emails }) => emails ?? []).at(-1)?.messageId;
	const entry = theirs
		.flatMap(({ messages }) => messages ?? [])
		.flatMap(({ messages }) => messages ?? [])
		.at(-1);
	return entry?.message?.id ?? entry?.messageId;
}

function entriesOf({ source }: LiveInteraction) {
	return (source.participants ?? [])
		.flatMap(({ messages }) => messages ?? [])
		.flatMap(({ messages }) => messages ?? []);
}
