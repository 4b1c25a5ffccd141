import type { Handlers, Refusable } from "../../medium.ts";
import { type Conversation, findParticipant, isOutside } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { openConsult, type SpeakTo } from "./model.ts";
import { consultGoesOn } from "./refusals.ts";
import { type ConsultWish, startConsult } from "./start.ts";
import { cancelConsult, speakTo } from "./talk.ts";

/** What agents do with a consult; each names the customer's party. Completing one is leaving (agent-features 2). */
export type ConsultCommand =
	| ({ type: "consult.start"; participantId: string } & ConsultWish)
	/** `userId`: who asks; absent for the server itself. */
	| { type: "consult.speak"; participantId: string; speakTo: SpeakTo; userId?: string | undefined }
	| { type: "consult.cancel"; participantId: string; userId?: string | undefined };

export const consultCommands: Handlers<ConsultCommand> = {
	"consult.start": (draft, { participant, life, ...wish }) => startConsult(draft, participant, wish, life),
	"consult.speak": (draft, { participant, life, ...wish }) => speakTo(draft, participant, wish, life),
	"consult.cancel": (draft, { participant, userId, life }) => cancelConsult(draft, participant, userId, life),
};

/** Refuses what would let somebody hear what is not meant for them while somebody is consulted. */
export function refuseDuringConsult(draft: Conversation, command: Refusable): void {
	if (!openConsult(draft)) return;
	if (command.type === "add" || command.type === "replace") throw consultGoesOn();
	const party = command.type === "hold" ? findParticipant(draft, command.participantId ?? "") : undefined;
	// What another call of a colleague's had set aside is taken back all the same.
	if (party && (isOutside(party) || command.held))
		throw illegalState("While somebody is consulted, say whom you talk to (speakTo) instead of holding a party.");
}
