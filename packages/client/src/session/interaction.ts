import type { CallOutcome, Interruption } from "@inlay/contract";
import { openConsult, over, owesWrapup, partyIsLive, userOf } from "./participants.ts";
import type { WireConversation } from "./wire.ts";

export type MediaType = "call" | "callback" | "chat" | "email" | "message";

/** One interaction as the panel shows it: the agent's own leg of a conversation, and who is at the other end. */
export interface LiveInteraction {
	/** Conversation id. */
	id: string;
	/** The agent's own participant and communication. */
	participantId: string;
	communicationId: string;
	/** The customer's participant, or whoever is outside; undefined between colleagues. */
	outsideId?: string | undefined;
	/** The participant whom the interaction is with: the one outside, else the colleague. */
	otherId?: string | undefined;
	/** Nothing comes from the other side just now, and why. */
	otherInterrupted?: Interruption | undefined;
	/** Where the other side is, when nobody of those in the call talks with them: they hear music, or have left the others to each other. */
	otherAway?:
		| { kind: "held"; since?: string | undefined; isAsked?: boolean }
		/** `isLetGo`: an agent has taken them out. */
		| { kind: "left"; talksTo: string; isLetGo: boolean }
		| undefined;
	/** Nobody is there whom the agent could hear: everybody else rings, or hears music. */
	isAlone?: boolean;
	/** Somebody is being consulted in it, by the agent or a colleague. */
	isConsult?: boolean;
	/** Whom the agent consulted is gone, and the one it was about is on hold still. */
	isLeftOnHold?: boolean;
	/** How a page that the customer shares stands (`offering`, `contacting`, `connected`); absent where none is. */
	cobrowse?: string | undefined;
	media: MediaType;
	/** The call within a callback, while it goes on; mute, hold and recording are its. */
	call?: { state: string };
	/** Where a callback can reach the customer. */
	callbackNumbers?: readonly string[];
	/** A campaign began it: the agent looks at a contact first, or was put through to who answered. */
	campaign?: "preview" | "call";
	/** Nobody has been called for the preview yet: it is passed over by its card, where the campaign lets it. */
	isUntouched?: boolean;
	/** Such a one was taken away: why; the code is one of those with which a call is refused, none where the contact just went back. */
	takenBack?: { code?: string | undefined };
	direction: "inbound" | "outbound";
	/** `alerting`, `contacting`, `dialing`, `connected`, `disconnected`, … (platform-api 5.3). */
	state: string;
	held: boolean;
	/** They hear music by somebody else's doing, and have put nobody on hold themselves. */
	isSilenced?: boolean;
	muted: boolean;
	recording: "active" | "paused" | "none";
	/** The agent records on their own account; absent where the server does not tell it apart from a policy. */
	ownRecording?: boolean | undefined;
	securePause: boolean;
	/** ISO: since when somebody has it paused. */
	pausedTime?: string | undefined;
	/** What is said is turned into text, or not just now. */
	transcription?: "active" | "paused" | undefined;
	remoteName: string;
	/** Number or address to show; may be empty. */
	remoteAddress: string;
	queueId?: string;
	queueName?: string;
	/** The agent's own part is of a queue, whose codes are theirs to give: whoever is only asked has none. */
	worksForQueue?: boolean;
	/** ISO times, as far as they have come. */
	startTime?: string;
	connectedTime?: string;
	endTime?: string;
	startHoldTime?: string;
	/** ISO: when the agent's first part began, in which they talked if they did in any. */
	beganTime?: string;
	/** Milliseconds that the agent was connected, all their parts together; once it is over, where they ever were. */
	talkedMs?: number;
	/** The same of each part, where there were several. */
	turnsMs?: number[];
	/** It was made of a message that somebody left in the queue: that one's id. */
	voicemailId?: string;
	/** How the agent's part ended; undefined while it goes on. Of several the last in which they talked, if any. */
	outcome?: CallOutcome;
	/** The colleague who was faster, where it rang for several. */
	answeredBy?: string | undefined;
	/** With whom it is, where that is a colleague. */
	colleagueId?: string | undefined;
	/**
	 * The colleague who called to ask the agent about it, or (`into`) to have them in it, where the agent has not come to talk
	 * to them.
	 */
	askedBy?: { id: string; name: string; into?: boolean };
	/** Who hung up, where it was another one than whom it is with. */
	hungUpBy?: string | undefined;
	/** The newest part, where it is over and the agent did not come to talk in it, though they had talked before. */
	missedAgain?: { outcome: CallOutcome; startTime?: string | undefined; endTime?: string | undefined };
	/** The agent has handed the interaction over, nobody was reached, and it has come back: why. */
	cameBack?: CallOutcome;
	/** The agent is out, whom they handed it over to has not taken it, and it waits in the queue again: who that was. */
	notTakenBy?: string;
	/** The agent still owes a wrap-up code. */
	needsWrapup: boolean;
	acwStartTime?: string;
	wrapupPrompt?: string;
	wrapupTimeoutMs?: number;
	flagged: boolean;
	/** The agent wants after-call work though the queue does not ask for it. */
	afterCallWorkAsked: boolean;
	source: WireConversation;
}

/** Nobody speaks in it: it is written. */
export function isWritten(one: Pick<LiveInteraction, "media"> | undefined): boolean {
	return one?.media === "message" || one?.media === "email";
}

/**
 * The agent has been in it before, and has given that part's wrap-up. One that is owed still holds only what was kept on the
 * way, and once they take it again that goes on with the later part.
 */
export function hasEarlierWrapup({ source, participantId }: LiveInteraction): boolean {
	const all = source.participants ?? [];
	const own = all.find(({ id }) => id === participantId);
	const earlier = all.filter((each) => each !== own && own && userOf(each) === userOf(own));
	return earlier.some((each) => each.wrapup && !owesWrapup(each));
}

/** Whom it is with, outside, is still in it. */
export function isOutsideThere({ source, outsideId }: LiveInteraction): boolean {
	return source.participants?.some((each) => each.id === outsideId && partyIsLive(each)) ?? false;
}

/** The customer writes from a page of ours, and not by a phone or another program. */
export function isFromPage({ source, outsideId }: LiveInteraction): boolean {
	const customer = source.participants?.find(({ id }) => id === outsideId);
	return customer?.messages?.at(-1)?.type === "webmessaging";
}

/** A colleague asks the agent about it: what is done with the customer is the colleague's until it is handed over. */
export function isOnlyAsked({ source, participantId }: LiveInteraction): boolean {
	const own = source.participants?.find(({ id }) => id === participantId);
	const initiator = openConsult(source)?.initiator?.userId;
	return own?.consultParticipantId !== undefined && initiator !== undefined && initiator !== userOf(own);
}

/** The customer shares a page: also for two minutes after the interaction, where the messenger lets it (agent-features 12, "States"). */
export function isPageShared({ cobrowse }: LiveInteraction): boolean {
	return cobrowse !== undefined && cobrowse !== "offering";
}

/** True while the interaction belongs into the agent's list: alive, owing after-call work, or with a page that is theirs to leave. */
export function isListed(interaction: LiveInteraction): boolean {
	return !over.has(interaction.state) || interaction.needsWrapup || isPageShared(interaction);
}

/** The agent talks, and nothing comes from the other side. */
export function isInterrupted({ state, otherInterrupted }: LiveInteraction): boolean {
	return state === "connected" && otherInterrupted !== undefined;
}

/** True once the agent's own leg has ended. */
export function isOver(interaction: Pick<LiveInteraction, "state">): boolean {
	return over.has(interaction.state);
}
