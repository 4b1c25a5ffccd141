import { type CallOutcome, failureOf, interruptionOf, outcomeOf } from "@inlay/contract";
import type { SpeakTo } from "../../session/call-actions.ts";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { displayAddress, openConsult } from "../../session/participants.ts";
import type { WireCommunication, WireParticipant } from "../../session/wire.ts";

/** Another party of the call, as its row shows it. */
export interface Party {
	id: string;
	/** Empty where there is neither name nor number. */
	name: string;
	kind: "outside" | "colleague" | "queue";
	/** `alerting`, `dialing`, `connected`, … */
	state: string;
	/** Nobody speaks to them: they hear music. */
	held: boolean;
	/** They are asked whether they may be recorded, and hear that. */
	isAsked: boolean;
	/** They have put the call on hold themselves. */
	isAside: boolean;
	muted: boolean;
	/** They have muted themselves: that is theirs to end. */
	isOwnMute: boolean;
	/** Nothing comes from them just now. */
	isCutOff: boolean;
	/** ISO: since when they have been in this state. */
	since?: string | undefined;
	/** The agent may hold, mute and remove a colleague, too: they have been in the call longest. */
	isTheirs: boolean;
}

/** What the agent's card says of the others in the call. */
export type Scene =
	/** The agent consults somebody. */
	| { kind: "consult"; customer: Party; destination: Party; speakTo: Exclude<SpeakTo, "CONFERENCE"> }
	/** Nobody was reached, or they have left, and the customer is still on hold. */
	| { kind: "failed"; customer: Party; name: string; reason?: CallOutcome | undefined; hasTalked: boolean }
	/** A colleague consults the agent. */
	| { kind: "consulted"; by: string; customer: Party; held: boolean; isCutOff: boolean }
	/** A colleague asks the agent, who has not answered yet, into a call. */
	| { kind: "invited"; by: string; name: string }
	| {
			kind: "conference";
			parties: Party[];
			isLast: boolean;
			/** Who lets the agent hear music. */
			silencedBy?: string | undefined;
			/** Who has muted the agent. */
			mutedBy?: string | undefined;
	  }
	/** The customer has gone; who consulted and who was asked talk on. */
	| { kind: "customerLeft"; name: string };

const over = new Set(["disconnected", "terminated"]);
const callOf = (participant: WireParticipant): WireCommunication => participant.calls?.at(-1) ?? {};
const isLive = (participant: WireParticipant) => !participant.endTime && !over.has(callOf(participant).state ?? "");
const isStaff = ({ purpose }: WireParticipant) => purpose === "agent" || purpose === "user";
const isOutside = ({ purpose }: WireParticipant) => purpose === "customer" || purpose === "external";
const isConnected = (participant: WireParticipant) => isLive(participant) && callOf(participant).state === "connected";
/** A colleague's own hold has a beginning; that nobody speaks to them has none. */
const putAside = (participant: WireParticipant) =>
	isStaff(participant) && callOf(participant).held === true && callOf(participant).startHoldTime !== undefined;
const hearsMusic = (participant: WireParticipant) =>
	callOf(participant).held === true && (callOf(participant).inlaySilenced !== undefined || !putAside(participant));

const isCutOff = (participant: WireParticipant) =>
	isConnected(participant) && interruptionOf(callOf(participant).errorInfo?.code) !== undefined;

/** Undefined while the call is one of two like any other. */
export function sceneOf(call: LiveInteraction): Scene | undefined {
	const all = call.source.participants ?? [];
	const own = all.find(({ id }) => id === call.participantId);
	if (call.media !== "call" || isOver(call) || !own) return undefined;
	const about = all.find(({ id }) => id !== undefined && id === own.consultParticipantId);
	const host = all.find(({ id }) => id !== undefined && id === callOf(own).inlayAddedBy);
	if (host && callOf(own).state === "alerting") return { kind: "invited", by: nameOf(host), name: call.remoteName };
	return (
		(about && isLive(about) ? consultOf(call, all, own, about) : undefined) ??
		customerLeftOf(all, own) ??
		conferenceOf(all, own)
	);
}

function consultOf(
	{ source }: LiveInteraction,
	all: readonly WireParticipant[],
	own: WireParticipant,
	about: WireParticipant,
): Scene | undefined {
	const customer = partyOf(about);
	const asked = all.filter((each) => each !== own && callOf(each).transferSource === own.id);
	const open = openConsult(source);
	if (!open) {
		const last = asked.findLast((each) => each.purpose !== "acd") ?? asked.at(-1);
		return customer.held && last ? failedOf(customer, last) : undefined;
	}
	if (open.initiator?.userId !== own.userId) {
		const by = all.find(({ id }) => id === callOf(own).transferSource);
		return by && isLive(by)
			? { kind: "consulted", by: by.name ?? "", customer, held: hearsMusic(own), isCutOff: isCutOff(by) }
			: undefined;
	}
	// Of a queue the agent who talks, or rings; until there is one, the queue.
	const living = asked.filter(isLive);
	const found = living.find(isConnectedPerson) ?? living.find(isStaff) ?? living.at(-1);
	if (!found) return undefined;
	const destination = partyOf(found);
	const speakTo = customer.held ? "DESTINATION" : destination.held ? "OBJECT" : "BOTH";
	return { kind: "consult", customer, destination, speakTo };
}

const isConnectedPerson = (participant: WireParticipant) => participant.purpose !== "acd" && isConnected(participant);

function failedOf(customer: Party, last: WireParticipant): Scene {
	const { connectedTime, errorInfo } = callOf(last);
	const hasTalked = connectedTime !== undefined && last.purpose !== "acd";
	const reason = hasTalked ? undefined : (failureOf(errorInfo?.code) ?? outcomeOf(callOf(last)));
	return { kind: "failed", customer, name: nameOf(last), reason, hasTalked };
}

function customerLeftOf(all: readonly WireParticipant[], own: WireParticipant): Scene | undefined {
	const others = all.filter((each) => each !== own && isLive(each));
	const asked = (each: WireParticipant, by: WireParticipant) => callOf(each).transferSource === by.id;
	const consulted = others.find((each) => (asked(each, own) || asked(own, each)) && isConnected(each));
	const customers = all.filter((each) => isOutside(each) && each !== consulted);
	if (!consulted || others.length > 1 || customers.length === 0 || customers.some(isLive)) return undefined;
	return { kind: "customerLeft", name: nameOf(consulted) };
}

function conferenceOf(all: readonly WireParticipant[], own: WireParticipant): Scene | undefined {
	const others = all.filter((each) => each !== own && each.purpose !== "acd" && isLive(each));
	if (others.length < 2 || callOf(own).state !== "connected") return undefined;
	const there = [own, ...others].filter(isConnected);
	const talking = there.filter(isStaff);
	const [longest] = talking.toSorted((a, b) => (a.connectedTime ?? "").localeCompare(b.connectedTime ?? ""));
	// As the server has it (`authority.ts`): a talk of two, whoever else rings, is moderated by nobody.
	const mayEnd = (each: WireParticipant) => longest === own && (there.length > 2 || !isConnected(each));
	const parties = others.map((each) => ({ ...partyOf(each), isTheirs: isOutside(each) || mayEnd(each) }));
	const isLast = talking.length === 1 && others.filter(isConnected).length > 1 && !others.some(isStaff);
	const nameOfStaff = (userId: string | undefined) => {
		const found = userId === undefined ? undefined : all.find((each) => isStaff(each) && each.userId === userId);
		return found && nameOf(found);
	};
	const { inlaySilenced, inlayMutedBy, muted } = callOf(own);
	const silencedBy = nameOfStaff(inlaySilenced?.userId);
	const mutedBy = muted ? nameOfStaff(inlayMutedBy) : undefined;
	return { kind: "conference", parties, isLast, silencedBy, mutedBy };
}

function partyOf(participant: WireParticipant): Party {
	const call = callOf(participant);
	const state = call.state ?? "connected";
	const waits = participant.purpose === "acd";
	return {
		id: participant.id ?? "",
		name: nameOf(participant),
		kind: waits ? "queue" : isStaff(participant) ? "colleague" : "outside",
		state: waits ? "waiting" : state,
		held: hearsMusic(participant),
		isAsked: call.inlayConsent === "asked",
		isAside: putAside(participant),
		muted: call.muted === true,
		isOwnMute: isStaff(participant) && call.muted === true && call.inlayMutedBy === undefined,
		isCutOff: isCutOff(participant),
		since: sinceOf(participant, call),
		isTheirs: isOutside(participant),
	};
}

/** Since when somebody else lets a colleague hear music nobody says. */
function sinceOf({ startTime }: WireParticipant, call: WireCommunication): string | undefined {
	if (call.held && call.startHoldTime) return call.startHoldTime;
	return call.inlaySilenced ? undefined : (call.connectedTime ?? startTime);
}

function nameOf({ name, queueName, address }: WireParticipant): string {
	return name || queueName || displayAddress(address);
}
