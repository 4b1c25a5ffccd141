/** How the agent's parts in a conversation ended, and what came of whom they handed it over to. */
import { type CallOutcome, type EndedCall, failureOf, outcomeOf } from "@inlay/contract";
import type { LiveInteraction } from "./interaction.ts";
import { communicationOf, displayAddress, isOutside, otherParty, over, partyIsLive, userOf } from "./participants.ts";
import type { WireConversation, WireParticipant } from "./wire.ts";

/** Whom the agent's transfer was to reach was not reached (`transferSource` names who handed over), and it rings here again. */
export function cameBackOf(
	conversation: WireConversation,
	own: WireParticipant,
	userId: string,
): CallOutcome | undefined {
	const all = conversation.participants ?? [];
	const isOwn = (id: string | undefined) =>
		all.some((each) => each.id === id && userOf(each) === userId && each !== own);
	const asked = all.findLast((each) => isOwn(communicationOf(each)?.communication.transferSource));
	const communication = asked && communicationOf(asked)?.communication;
	if (!communication || communication.connectedTime || !over.has(communication.state ?? "")) return undefined;
	// What came of an earlier part's transfer is old news once there has been another part.
	const before = all.slice(0, all.indexOf(own)).findLast((each) => userOf(each) === userId);
	if (before?.id !== communication.transferSource) return undefined;
	if (all.indexOf(asked) > all.indexOf(own)) return undefined;
	// Only a part that nobody handed over, after nobody but the one who was not reached, is the call that is back.
	const since = all.slice(all.indexOf(asked) + 1, all.indexOf(own));
	const isHandedOver = communicationOf(own)?.communication.transferSource !== undefined;
	if (isHandedOver || since.some((each) => each.userId !== undefined && partOf(each).connectedTime)) return undefined;
	if (before && isEarlier(asked, before)) return undefined;
	return failureOf(communication.errorInfo?.code) ?? outcomeOf(communication);
}

/** Whom the agent asked was gone before they left themselves: a consult that was over has nothing to do with the transfer. */
function isEarlier(asked: WireParticipant, left: WireParticipant): boolean {
	const [theirs, ours] = [asked, left].map((each) => partOf(each).endTime ?? "");
	return Boolean(theirs && ours && theirs < ours);
}

/** The same while the agent is out: it has gone back into the queue instead. */
export function notTakenByOf(conversation: WireConversation, own: WireParticipant): string | undefined {
	const all = conversation.participants ?? [];
	const asked = all.findLast((each) => communicationOf(each)?.communication.transferSource === own.id);
	const communication = asked && communicationOf(asked)?.communication;
	if (!communication || communication.connectedTime || partyIsLive(asked) || partyIsLive(own)) return undefined;
	if (isEarlier(asked, own)) return undefined;
	const waits = all.slice(all.indexOf(asked) + 1).some((each) => each.purpose === "acd" && partyIsLive(each));
	return waits ? asked.name || displayAddress(asked.address) : undefined;
}

/** One of the agent's parts in a conversation that is over. */
interface PastPart {
	call: EndedCall;
	startTime: string | undefined;
	connectedTime: string | undefined;
	endTime: string | undefined;
}

function partOf(participant: WireParticipant): PastPart {
	const communication = communicationOf(participant)?.communication ?? {};
	const connectedTime = communication.connectedTime ?? participant.connectedTime;
	const endTime = communication.disconnectedTime ?? participant.endTime;
	return {
		call: { ...communication, connectedTime, endTime },
		startTime: participant.startTime,
		connectedTime,
		endTime,
	};
}

/** How it ended for the agent: a call that was talked through and came back unanswered was no missed one. */
export function endingOf(
	conversation: WireConversation,
	own: WireParticipant,
	userId: string,
): Pick<
	LiveInteraction,
	"beganTime" | "connectedTime" | "endTime" | "missedAgain" | "outcome" | "talkedMs" | "turnsMs"
> {
	const last = partOf(own);
	const other = otherParty(conversation, own);
	const far = other && isOutside(other) ? partOf(other).call : undefined;
	const outcome = outcomeOf(last.call, far);
	const { connectedTime, endTime } = last;
	const all = (conversation.participants ?? []).filter((each) => userOf(each) === userId).map(partOf);
	const talked = all.filter((each) => each.connectedTime);
	const beganTime = (talked[0] ?? last).startTime ?? conversation.startTime;
	if (!outcome) return { beganTime, connectedTime, endTime, outcome };
	const counting = connectedTime ? last : (talked.at(-1) ?? last);
	return {
		beganTime,
		...(connectedTime || talked.length === 0 ? {} : { missedAgain: { outcome, startTime: last.startTime, endTime } }),
		connectedTime: counting.connectedTime,
		endTime: counting.endTime,
		outcome: outcomeOf(counting.call, far) ?? outcome,
		...talkOf(talked),
	};
}

/** Milliseconds that these parts were connected, together and, of several, each; nothing where none was. */
export function talkOf(
	parts: readonly { connectedTime?: string | undefined; endTime?: string | undefined }[],
): Pick<LiveInteraction, "talkedMs" | "turnsMs"> {
	const each = parts.flatMap(({ connectedTime, endTime }) =>
		connectedTime && endTime ? Math.max(0, Date.parse(endTime) - Date.parse(connectedTime)) : [],
	);
	if (each.length === 0) return {};
	return { talkedMs: each.reduce((sum, ms) => sum + ms), ...(each.length > 1 ? { turnsMs: each } : {}) };
}

/**
 * Who hung up on the agent, where it was not whom the call is with: of several the one who left last.
 * @returns undefined where it was, or where nobody did
 */
export function hungUpByOf(
	{ participants = [] }: WireConversation,
	own: WireParticipant,
	other: WireParticipant | undefined,
): string | undefined {
	const { call, endTime } = partOf(own);
	if (!endTime || !call.connectedTime || outcomeOf(call) !== "otherHungUp") return undefined;
	const others = participants.filter((each) => userOf(each) !== userOf(own) || userOf(each) === undefined);
	const left = others.filter((each) => partOf(each).connectedTime && partOf(each).endTime && each.purpose !== "acd");
	const last = lastToLeave(left, (each) => partOf(each).endTime, endTime);
	if (!last || last === other) return undefined;
	return last.name || displayAddress(last.address) || undefined;
}

/** The one of these after whom there was nobody to talk to; undefined where somebody stayed when the agent's part ended. */
export function lastToLeave<Party>(
	parties: readonly Party[],
	endOf: (party: Party) => string | undefined,
	ownEnd: string,
): Party | undefined {
	const left = parties.filter((each) => endOf(each) !== undefined);
	const last = left.toSorted((a, b) => (endOf(a) ?? "").localeCompare(endOf(b) ?? "")).at(-1);
	return last && Date.parse(endOf(last) ?? "") <= Date.parse(ownEnd) + 1000 ? last : undefined;
}
