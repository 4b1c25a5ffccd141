import { type Conversation, livePartOf } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { setAttributes } from "../../transitions/controls.ts";
import { unparkAll } from "../../written/park.ts";
import { livingCustomer } from "../../written/parties.ts";
import { type MessageEntry, messagesOf, mostNamed } from "../model.ts";

/** A party has written. @param userId of the organization's; the customer where none is named */
export function note(
	draft: Conversation,
	entry: MessageEntry,
	userId: string | undefined,
	attributes: Record<string, string> = {},
): void {
	const party = userId === undefined ? livingCustomer(draft) : livePartOf(draft, userId);
	if (!party) throw illegalState("Nobody takes part who could have written this.");
	if (userId === undefined) unparkAll(draft);
	setAttributes(party, attributes);
	const part = messagesOf(party);
	part.messages = [...part.messages, entry].slice(-mostNamed);
}
