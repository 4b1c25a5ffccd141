import type { Handlers } from "../medium.ts";
import type { QueueFacts } from "../model.ts";
import type { Preferred } from "../written/enter.ts";
import type { Taking } from "../written/take.ts";
import type { MessageEntry } from "./model.ts";
import { enter } from "./transitions/enter.ts";
import { note } from "./transitions/note.ts";
import { take } from "./transitions/take.ts";

/** What can happen to an exchange of messages only. */
export type MessageCommand =
	/** The customer wants somebody: it waits in a queue, again where it had ended. */
	| { type: "message.enter"; queue: QueueFacts; preferred?: Preferred }
	/** An agent writes first, or takes up what had ended. */
	| { type: "message.take"; agent: Taking; queue: QueueFacts }
	/** A party has written; the customer where none is named. */
	| { type: "message.note"; entry: MessageEntry; userId?: string; attributes?: Record<string, string> }
	/** It is known what became of one that was sent. */
	| { type: "message.status"; entry: MessageEntry };

export const messageCommands: Handlers<MessageCommand> = {
	"message.enter": (draft, { queue, preferred, life }) => enter(draft, queue, preferred, life),
	"message.take": (draft, { agent, queue, life }) => take(draft, agent, queue, life),
	"message.note": (draft, { entry, userId, attributes }) => note(draft, entry, userId, attributes),
	"message.status": (draft, { entry }) => {
		for (const { messages } of draft.participants) {
			const known = messages?.[0]?.messages.find((one) => one.messageId === entry.messageId);
			if (known) Object.assign(known, entry);
		}
	},
};
