import { isInterrupted, type LiveInteraction } from "./interaction.ts";
import { partyIsLive } from "./participants.ts";

/** These play, or take down, and speak with nobody (platform-api 5, purposes). */
const machines = new Set([
	"acd",
	"botflow",
	"campaign",
	"dialer",
	"fax",
	"ivr",
	"voicemail",
	"voicesurveyflow",
	"workflow",
]);

/** The calls whose other sides hear the agent at this moment. */
export function openCalls(calls: readonly LiveInteraction[]): LiveInteraction[] {
	return calls.filter((call) => call.media === "call" && expectedSound(call).sending);
}

/**
 * What the agent should be hearing and sending now. Of somebody who is not there nothing is heard, and nobody hears. A
 * mailbox is sent sound by and sends it, and no voice is to be expected of it.
 */
export function expectedSound(call: LiveInteraction | undefined): {
	hearing: boolean;
	voice: boolean;
	sending: boolean;
} {
	const talking = call?.state === "connected" && !call.held && !isInterrupted(call);
	const hearing = talking && !call.isAlone;
	return { hearing, voice: hearing && isPersonHeard(call), sending: talking && !call.muted };
}

/** Music and mailboxes say nothing for as long as they like. */
function isPersonHeard({ source, participantId }: LiveInteraction): boolean {
	return (source.participants ?? []).some((each) => {
		const call = each.calls?.at(-1);
		const talks = each.id !== participantId && partyIsLive(each) && call?.state === "connected";
		// Whoever is asked whether they may be recorded is heard by nobody until they have answered.
		return talks && !call.held && call.inlayConsent !== "asked" && !machines.has(each.purpose ?? "");
	});
}
