import type { InteractionMessage } from "@inlay/contract";
import type { ApiClient } from "./api.ts";

/** What of a mail a script is told. */
interface Mail {
	id: string;
	direction: "inbound" | "outbound";
	conversationId: string;
	from: { email: string; name?: string };
	text: string;
	/** ISO 8601. */
	at: string;
}

/** The most that the server gives at once. */
const pageSize = 50;

/** The mails of the conversation itself as scripts see them, the oldest first (framework-contract 6). Rejects with ApiError. */
export async function readEmails(
	api: Pick<ApiClient, "get">,
	conversationId: string,
): Promise<Array<InteractionMessage & { text: string }>> {
	const found: Mail[] = [];
	for (;;) {
		const before = found[0]?.id;
		const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
		const path = `/api/inlay/v1/conversations/emails/${conversationId}/thread`;
		const page = await api.get<{ entities: Mail[]; hasMore: boolean }>(`${path}?${query}`);
		found.unshift(...page.entities);
		const oldest = page.entities[0];
		// The thread goes on over the conversations before this one.
		if (!page.hasMore || oldest?.conversationId !== conversationId) break;
	}
	return found
		.filter((mail) => mail.conversationId === conversationId)
		.map(({ id, at, direction, from, text }) => ({ id, time: at, direction, text, from: from.name || from.email }));
}
