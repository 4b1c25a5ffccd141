import type { Handlers } from "../medium.ts";
import { isLive, type QueueFacts } from "../model.ts";
import { type Preferred, waitFor } from "../written/enter.ts";
import { livingCustomer } from "../written/parties.ts";
import { type Taking, takeInHand } from "../written/take.ts";
import { type DraftAttachment, emailOf, emailParts } from "./model.ts";
import { became, drafted, type Fate, type Noted, noted, takenBack } from "./transitions/note.ts";

/** What can happen to an email conversation only. */
export type EmailCommand =
	/** The customer wants somebody: it waits in a queue. */
	| { type: "email.enter"; queue: QueueFacts; preferred?: Preferred }
	/** An agent writes first. */
	| { type: "email.take"; agent: Taking; queue: QueueFacts }
	/** A party has written; the customer where none is named. */
	| ({ type: "email.note" } & Noted)
	/** What was written last was taken back before it was sent: that one is the latest again. */
	| { type: "email.takenBack"; messageId?: string }
	/** Whoever has it in hand says that nobody wants it. */
	| { type: "email.spam" }
	/** What an agent has begun to write has other files with it. */
	| { type: "email.draft"; userId: string; attachments: DraftAttachment[] }
	/** It is known what became of what a user has written last. */
	| ({ type: "email.became" } & Fate);

export const emailCommands: Handlers<EmailCommand> = {
	"email.enter": (draft, { queue, preferred, life }) => waitFor(draft, queue, preferred, life),
	"email.take": (draft, { agent, queue, life }) => {
		const customer = livingCustomer(draft);
		if (customer) takeInHand(draft, { agent, queue, customer }, emailParts, life);
	},
	"email.note": (draft, asked) => noted(draft, asked),
	"email.takenBack": (draft, { messageId }) => takenBack(draft, messageId),
	"email.spam": (draft) => {
		for (const one of draft.participants.filter(isLive)) emailOf(one).spam = true;
	},
	"email.draft": (draft, { userId, attachments }) => drafted(draft, userId, attachments),
	"email.became": (draft, fate) => became(draft, fate),
};
