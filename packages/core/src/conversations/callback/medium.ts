import { consultedStaff } from "../call/consult/model.ts";
import { acceptPreview, refuseSkip, withoutWrapup } from "../campaign/transitions.ts";
import type { Medium } from "../medium.ts";
import { type Conversation, isStaff } from "../model.ts";
import { type CallbackCommand, callbackCommands } from "./commands.ts";
import { callbackChanged } from "./events.ts";
import { agentOf, callbackParts, customerOf, factsOf } from "./model.ts";
import { callbackShows } from "./shows.ts";
import { callbackTimers } from "./timers.ts";
import { followAutomaticCalls } from "./transitions/automatic.ts";
import { endCall, noteResult } from "./transitions/call.ts";
import { followCustomerFirst } from "./transitions/customer-first.ts";
import { due } from "./transitions/due.ts";

const noLine = "A callback has no line of its own: call the customer first. Hold and mute are for that call.";

/** Callbacks: the customer is called at an agreed time, or keeps a place in a queue without waiting on the line. */
export const callbackMedium: Medium<CallbackCommand> = {
	...callbackParts,
	commands: callbackCommands,
	shows: callbackShows,
	notItself: { hold: noLine, control: noLine },
	words: { one: "Callback", many: "Callbacks", inText: "callback" },
	closing(draft, participant, life) {
		if (!isStaff(participant)) return;
		endCall(draft, participant, life);
		withoutWrapup(draft, participant);
	},
	partChanged(draft, life) {
		noteResult(draft);
		followCustomerFirst(draft, life);
		followAutomaticCalls(draft, life);
	},
	due,
	timers: callbackTimers,
	refuse: refuseSkip,
	follow(draft, life) {
		acceptPreview(draft, life);
		followCustomerFirst(draft, life);
		followAutomaticCalls(draft, life);
	},
	ended,
	guests: consultedStaff,
	owners: (conversation) => (agentOf(conversation) ? [] : factsOf(conversation).users),
	events: callbackChanged,
};

/** Nothing of it is due any more; and it may have ended before anybody had it in hand. */
function ended(draft: Conversation): void {
	customerOf(draft).internal.due = undefined;
	Object.assign(factsOf(draft), { dialsAt: undefined, endsAt: undefined });
	const wasTaken = draft.participants.some((one) => isStaff(one) && one.connectedTime);
	if (!wasTaken) factsOf(draft).outcome ??= "cancelled";
}
