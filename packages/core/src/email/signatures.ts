import { ownValue } from "@inlay/contract/own-value";
import { type BuiltInSubstitution, builtInSubstitutions, fillPlaceholders } from "@inlay/contract/responses";
import { emailFactsOf } from "../conversations/email/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Users } from "../users/users.ts";
import { mailStore } from "./mail-store.ts";
import type { Draft, EmailRoute } from "./model.ts";
import { signatureStore } from "./signature-store.ts";

export interface SignatureDeps {
	/** As customers may read it; undefined where there is nobody of that id. @param db within which it is read: a change's own */
	nameOf(userId: string, db: Db): Promise<string | undefined>;
}

/**
 * What stands under the mails that agents write (agent-features 8.2): the address's own words, or the agent's where the address
 * lets them. It is no part of what they type, so that nothing can put it there twice, and what they make of it in one mail is
 * kept with that mail's draft.
 */
export function createSignatures(kernel: Kernel, { nameOf }: SignatureDeps) {
	const { database, clock } = kernel;

	/** What a mail of the conversation begins with. */
	async function standing(db: Db, conversation: Conversation, route: EmailRoute, userId: string): Promise<string> {
		const { signature, hasOwnSignatures, signsOnce } = route.settings;
		if (signsOnce && (await mailStore.hasSent(db, emailFactsOf(conversation).threadId))) return "";
		const own = hasOwnSignatures ? await signatureStore.of(db, userId) : "";
		const text = own === "" ? signature.trim() : own;
		if (!text.includes("{{")) return text;
		const name = (await nameOf(userId, db)) ?? "";
		const known = factsOf(conversation, name, clock.now());
		// A customer is never shown braces of which nobody knows what stood there.
		return fillPlaceholders(text, (one) => known(one) || " ")
			.text.replace(/[ \t]+$/gm, "")
			.trim();
	}

	return {
		/** What stands under this draft: what its agent has made of it, where the address lets them, else what mails of theirs begin with. */
		async under(db: Db, conversation: Conversation, route: EmailRoute, draft: Draft): Promise<string> {
			const changed = route.settings.hasOwnSignatures ? draft.signature : undefined;
			return changed ?? standing(db, conversation, route, draft.userId);
		},

		/** A user's own; empty where they have none. */
		own: (userId: string): Promise<string> => signatureStore.of(database.db, userId),

		keepOwn: (userId: string, text: string): Promise<void> =>
			database.change((trx) => signatureStore.save(trx, userId, text.trim())),
	};
}

/** The names of those who sign, out of the directory. */
export function namesOfSigners({ find }: Pick<Users, "find">): SignatureDeps["nameOf"] {
	return async (userId, db) => (await find([userId], db))[0]?.name;
}

export type Signatures = ReturnType<typeof createSignatures>;

function factsOf(conversation: Conversation, agentName: string, now: Date) {
	const customer = conversation.participants.find(({ purpose }) => purpose === "customer");
	const customerName = customer?.name ?? "";
	const known: Record<BuiltInSubstitution, string> = {
		...{ agentName, agentFirstName: firstOf(agentName), customerName, customerFirstName: firstOf(customerName) },
		queueName: emailFactsOf(conversation).queue.name,
		date: now.toISOString().slice(0, 10),
		conversationId: conversation.id,
	};
	return (asked: string): string | undefined => {
		const name = builtInSubstitutions.find((one) => one.toLowerCase() === asked.toLowerCase());
		return name ? known[name] : ownValue(customer?.attributes, asked);
	};
}

function firstOf(name: string): string {
	return name.trim().split(/\s+/)[0] ?? "";
}
