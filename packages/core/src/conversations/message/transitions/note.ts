import { type Conversation, livePartOf } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { livingCustomer, type MessageEntry, messagesOf, mostNamed } from "../model.ts";

/** A party has written. @param userId of the organization's; the customer where none is named */
export function note(draft: Conversation, entry: MessageEntry, userId: string | undefined): void {
	const party = userId === undefined ? livingCustomer(draft) : livePartOf(draft, userId);
	if (!party) throw illegalState("Nobody takes part who could have written this.");
	const part = messagesOf(party);
	part.messages = [...part.messages, entry].slice(-mostNamed);
}
