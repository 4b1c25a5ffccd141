import { type Interruption, interruptionCodes, interruptionOf } from "@inlay/contract";
import { isConnected, type Participant } from "../../model.ts";
import { callOf } from "../model.ts";

/** For people who read the document; panels have a translation for each code. */
const messages: Record<Interruption, string> = {
	connection: "Nothing comes from this party just now: their connection is interrupted.",
	pageClosed: "This party has closed the page by which they called.",
};

/** Why nothing comes from the party, by the document. */
export function interruptionIn(participant: Participant): Interruption | undefined {
	return interruptionOf(callOf(participant).errorInfo?.code);
}

/** Notes that nothing comes from a party who talks, or that they are back. How it stood when they left stays. */
export function setInterrupted(participant: Participant, why: Interruption | undefined): void {
	if (!isConnected(participant) || why === interruptionIn(participant)) return;
	callOf(participant).errorInfo = why && { code: interruptionCodes[why], message: messages[why] };
}
