import type { CallFailure } from "@inlay/contract";
import type { ScreenShareEnd } from "@inlay/contract/screen-share";
import type { CampaignOutcome } from "../campaign/model.ts";
import { apologize, endCampaign, skipPreview } from "../campaign/transitions.ts";
import type { DisconnectType, Wrapup } from "../communication.ts";
import { type Companions, keepCompanion } from "../companions/model.ts";
import type { CompanionNote } from "../companions/service.ts";
import { allMedia, type Communications, type MediumCommand, mediumOf } from "../media.ts";
import type { Handlers } from "../medium.ts";
import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	mediumOfPart,
	mediumOfWhole,
	type Participant,
	waitingAcd,
} from "../model.ts";
import { keepPart, partIn } from "../parts.ts";
import type { KnownContact } from "../ports.ts";
import { illegalState, participantNotFound } from "../refusals.ts";
import type { ScreenChange, ScreenShare } from "../screen-share/model.ts";
import { beginScreen, changeScreen, endLostScreen, endScreen } from "../screen-share/transitions.ts";
import { park, takeUpFor, unpark } from "../written/park.ts";
import {
	afterCallWorkEnds,
	applyWrapup,
	extendAfterCallWork,
	leaveOptionalWork,
	requestAfterCallWork,
	skipWrapup,
} from "./after-call-work.ts";
import { carryWorkOver, ringsAgain } from "./carried-work.ts";
import { answer } from "./connect.ts";
import { setContact } from "./contact.ts";
import type { Life, TransitionContext } from "./context.ts";
import {
	noteSilencing,
	requireConnected,
	requireControls,
	setAttributes,
	setFlagged,
	setHeld,
	silence,
} from "./controls.ts";
import { endAll, leave } from "./leave.ts";
import { changeRouting, label, type Offer, offerAgent, type RoutingChange } from "./queueing.ts";
import { keepTimeLines } from "./segments.ts";
import { replace, type TransferTarget } from "./transfer.ts";
import { endUser } from "./user-ended.ts";

/** What can happen to an interaction of any medium once it exists. */
export type SharedCommand =
	| { type: "answer"; participantId: string }
	/**
	 * `endsBridge`: who leaves as the last one of the organization leaves nobody outside to each other. `by`: the user who asks
	 * for it, where one does.
	 */
	| {
			type: "leave";
			participantId: string;
			why: DisconnectType;
			failure?: CallFailure;
			endsBridge?: boolean;
			by?: string;
	  }
	| { type: "end"; why: DisconnectType }
	| { type: "offer"; offer: Offer }
	/** What is asked of who answers, while somebody waits. */
	| { type: "routing"; change: RoutingChange }
	/** Its utilization label; `null`: none. */
	| { type: "label"; labelId: string | null }
	/** A campaign takes back what it began. */
	| { type: "campaign.end"; outcome: CampaignOutcome }
	/** Who has answered a campaign's call and met nobody is told so. */
	| { type: "campaign.apologize"; text: string }
	/** The agent who looks at a campaign's contact passes it over. */
	| { type: "campaign.skip"; participantId: string; reason?: string }
	/** The user was deactivated or deleted. */
	| { type: "user.ended"; userId: string }
	| { type: "alerting.over"; participantId: string }
	/** `by`: the user who says so; absent for the server itself. */
	| { type: "hold"; participantId: string; held: boolean; by?: string | undefined }
	/** @param until ISO 8601 */
	| { type: "park"; participantId: string; until?: string }
	| { type: "unpark"; participantId: string }
	| { type: "attributes"; participantId: string; attributes: Record<string, string> }
	/** Who of the organization's contacts the party is; absent: none. */
	| { type: "contact"; participantId: string; contact?: KnownContact }
	| { type: "flag"; participantId: string; flagged: boolean }
	/** How what runs beside the interaction stands for the party. */
	| ({ type: "companion" } & CompanionNote)
	| { type: "acw.request"; participantId: string; wanted: boolean }
	| { type: "wrapup"; participantId: string; wrapup: Wrapup }
	| { type: "wrapup.skip"; participantId: string }
	| { type: "acw.over"; participantId: string }
	| { type: "acw.left"; participantId: string }
	/** @param most how often the organization lets agents do that */
	| { type: "acw.extend"; participantId: string; most: number }
	/** What the party waited for is due; too early, or no more, nothing happens. */
	| { type: "due"; participantId: string }
	| { type: "replace"; participantId: string; target: TransferTarget }
	| { type: "screen.begin"; share: ScreenShare }
	| { type: "screen.change"; shareId: string; change: ScreenChange }
	| { type: "screen.end"; shareId: string; why: ScreenShareEnd };

/** Everything that can happen to a conversation once it exists. */
export type Command = (SharedCommand | MediumCommand) & {
	/** Only the part of the interaction that is of this medium is meant. */
	within?: keyof Communications;
};

const shared: Handlers<SharedCommand> = {
	answer: (draft, { participant, life }) => answerAlerting(draft, participant, life),
	leave: (draft, { participant, why: asked, failure, endsBridge, by, life }) => {
		const why = isLetGo(participant, by) ? whyLetGo(participant) : asked;
		const mayStay = !endsBridge && life.mediumOf(draft).mayBridge?.(life) !== false;
		if (!mayStay && isBridge(draft, participant)) endAll(draft, why, life);
		else leave(draft, participant, why, life, failure);
	},
	end: (draft, { why, life }) => endAll(draft, why, life),
	offer: (draft, { offer, life }) => offerAgent(draft, offer, life),
	routing: (draft, { change }) => changeRouting(draft, change),
	label: (draft, { labelId }) => label(draft, labelId),
	"campaign.end": (draft, { outcome, life }) => endCampaign(draft, outcome, life),
	"campaign.apologize": (draft, { text, life }) => apologize(draft, text, life),
	"campaign.skip": (draft, { participant, reason, life }) => skipPreview(draft, participant, { reason, life }),
	"user.ended": (draft, { userId, life }) => endUser(draft, userId, life),
	"alerting.over": (draft, { participant, life }) => ringsInVain(draft, participant, life),
	hold: (_draft, { participant, held, by, life }) => holdParty(participant, held, by, life),
	park: (draft, { participant, until, life }) => {
		if (!life.mediumOf(draft).isWritten) throw illegalState("Only what is written is parked.");
		park(participant, until, life);
	},
	unpark: (_draft, { participant }) => unpark(participant),
	attributes: (_draft, { participant, attributes }) => setAttributes(participant, attributes),
	contact: (_draft, { participant, contact }) => setContact(participant, contact),
	flag: (_draft, { participant, flagged }) => setFlagged(participant, flagged),
	companion: (_draft, { participant, list, part }) => {
		const companions: Companions = participant;
		companions[list] = keepCompanion(participant[list], part);
	},
	"acw.request": (_draft, { participant, wanted }) => requestAfterCallWork(participant, wanted),
	wrapup: (_draft, { participant, wrapup, life }) => applyWrapup(participant, wrapup, life),
	"wrapup.skip": (_draft, { participant, life }) => skipWrapup(participant, life),
	"acw.left": (draft, { participant, life }) => leaveOptionalWork(participant, ringsAgain(draft, participant), life),
	"acw.extend": (_draft, { participant, most }) => extendAfterCallWork(participant, most),
	"acw.over": (draft, { participant, life }) => afterCallWorkEnds(participant, ringsAgain(draft, participant), life),
	due: (draft, { participant, life }) =>
		isDue(participant, life) && life.mediumOf(draft).due?.(draft, participant, life),
	replace: (draft, { participant, target, life }) => replace(draft, participant, target, life),
	"screen.begin": (draft, { share }) => beginScreen(draft, share),
	"screen.change": (draft, { shareId, change, life }) => changeScreen(draft, shareId, change, life),
	"screen.end": (draft, { shareId, why, life }) => endScreen(draft, shareId, why, life),
};

/**
 * The conversation after a command; the one given stays as it is.
 * @throws ApiError 404 `conversation.error.participant.not.found`, 400 `conversation.error.invalid.state`
 */
export function transition(conversation: Conversation, command: Command, context: TransitionContext): Conversation {
	const draft = structuredClone(conversation);
	run(draft, command, { ...context, mediumOf });
	carryWorkOver(draft, context);
	endLostScreen(draft, context);
	keepTimeLines(draft, context);
	return draft;
}

/** Everything that one party can be told; the others are about the whole. */
type Asked = { participant: Participant; life: Life };

function run(draft: Conversation, command: Command, life: Life): void {
	const part = partMeant(draft, command);
	// Where there is no line nothing is held, and there is nothing to take back.
	if (!part && command.type === "hold" && !command.held) return;
	if (!part)
		throw illegalState(
			mediumOf(draft).notItself?.[command.type] ?? "This cannot happen to an interaction of this medium.",
		);
	const handler = handlersOf(part)[command.type] as (draft: Conversation, asked: Command & Asked) => void;
	const participant = "participantId" in command ? findParticipant(part, command.participantId) : undefined;
	if ("participantId" in command && !participant) throw participantNotFound(command.participantId);
	const { refuse, follow } = mediumOf(part);
	refuse?.(part, command);
	takeUpFor(command.type, part, participant);
	handler(part, { ...command, life, participant } as Command & Asked);
	follow?.(part, life);
	if (part === draft) return;
	keepTimeLines(part, life);
	keepPart(draft, part);
	mediumOf(draft).partChanged?.(draft, life);
}

function handlersOf(conversation: Conversation): Readonly<Record<string, unknown>> {
	return { ...mediumOf(conversation).commands, ...shared };
}

/** Of these a party has one for all media. */
const aboutThePerson: ReadonlySet<Command["type"]> = new Set([
	"attributes",
	"contact",
	"flag",
	"companion",
	"wrapup",
	"wrapup.skip",
	"acw.request",
]);

/** The part that is named, or the one to which such things happen: a party of a callback is muted in its call. */
function partMeant(draft: Conversation, command: Command): Conversation | undefined {
	for (const list of listsMeant(draft, command)) {
		const part = partIn(draft, list);
		if (part && !mediumOf(part).notItself?.[command.type] && handlersOf(part)[command.type]) return part;
	}
	return undefined;
}

function listsMeant(draft: Conversation, command: Command): Array<keyof Communications> {
	const { within, type } = command;
	const whole = mediumOfWhole(draft);
	if (within && within !== whole && type === "replace")
		throw illegalState("The call belongs to another interaction: transfer that one.");
	if (within && !aboutThePerson.has(type)) return [within];
	if (type === "offer") return [mediumOfWaiting(draft)];
	return [ownMedium(draft, command) ?? whole, whole, ...allMedia().map(({ list }) => list)];
}

/** Who was only consulted in the call of a callback, or added to it, takes part in that call: whatever happens to them does there. */
function ownMedium(draft: Conversation, command: Command): keyof Communications | undefined {
	if (!("participantId" in command) || aboutThePerson.has(command.type)) return undefined;
	const participant = findParticipant(draft, command.participantId);
	return participant && mediumOfPart(participant);
}

/** A queue may be consulted in the call of a callback: whoever is rung then is rung for a call. */
function mediumOfWaiting(draft: Conversation): keyof Communications {
	const acd = waitingAcd(draft);
	return acd ? mediumOfPart(acd) : mediumOfWhole(draft);
}

function isDue({ internal }: Participant, { now }: Life): boolean {
	// The jobs' own time may be a breath ahead of the clock (`Timeline`).
	return internal.due !== undefined && Date.parse(internal.due) <= now.getTime() + 1000;
}

function answerAlerting(draft: Conversation, participant: Participant, context: Life): void {
	const { state } = communicationOf(participant);
	if (state === "connected") return;
	if (state !== "alerting" || !isStaff(participant))
		throw illegalState("There is nothing to answer: the call is {state}.", { state });
	answer(draft, participant, context);
}

/** Those outside would be left to each other. Whoever consults somebody hands the customer over, which is asked for by itself. */
function isBridge(draft: Conversation, leaving: Participant): boolean {
	if (!isStaff(leaving) || draft.internal.consult?.initiatorId === leaving.id) return false;
	const medium = mediumOfPart(leaving);
	const others = draft.participants.filter((one) => one !== leaving && isLive(one) && mediumOfPart(one) === medium);
	return !others.some(isStaff) && others.filter((one) => isOutside(one) && isConnected(one)).length > 1;
}

/** The time to answer is over. Who has answered meanwhile is left alone. */
function ringsInVain(draft: Conversation, participant: Participant, context: Life): void {
	const { state } = communicationOf(participant);
	if (state === "alerting" || (state === "dialing" && isOutside(participant)))
		leave(draft, participant, "transfer.noanswer", context);
}

/** A colleague, not the queue, has called them in, or has them out: they have neither declined nor hung up. */
function isLetGo(participant: Participant, by: string | undefined): boolean {
	const isOffered = participant.internal.acd && communicationOf(participant).state === "alerting";
	return isStaff(participant) && !isOffered && by !== undefined && by !== participant.userId;
}

/** Whom it only rings for has missed nobody. */
function whyLetGo(participant: Participant): DisconnectType {
	return communicationOf(participant).state === "alerting" ? "transfer.consult" : "system";
}

function holdParty(participant: Participant, held: boolean, by: string | undefined, context: Life): void {
	requireControls(participant);
	if (isStaff(participant) && by !== undefined && by !== participant.userId) {
		requireConnected(participant, "put on hold");
		silence(participant, held, by);
		return;
	}
	setHeld(participant, held, context);
	if (!isStaff(participant)) noteSilencing(participant, "heldBy", held ? by : undefined);
}
