import type { Emails } from "../conversations/email/service.ts";
import type { Controller } from "../conversations/service.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Mail } from "./model.ts";

/**
 * Of a thread over many conversations each mail is judged by its own: queues move, and so do divisions.
 * @param here the conversation from which somebody looks, which they may read
 */
export async function seenOf(
	emails: Pick<Emails, "mayView">,
	mails: readonly Mail[],
	{ here, by, db }: { here: string; by: Controller; db?: Db },
): Promise<Mail[]> {
	const seen = new Set([here]);
	const others = new Set(mails.map(({ conversationId }) => conversationId));
	others.delete(here);
	for (const id of others) if (await emails.mayView(id, by, db)) seen.add(id);
	return mails.filter(({ conversationId }) => seen.has(conversationId));
}
