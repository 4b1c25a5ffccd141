import type { CallFailure } from "@inlay/contract";
import type { DisconnectType, Wrapup } from "../communication.ts";
import { type MediumCommand, mediumOf } from "../media.ts";
import type { Handlers } from "../medium.ts";
import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
} from "../model.ts";
import { illegalState, participantNotFound } from "../refusals.ts";
import { afterCallWorkTimedOut, applyWrapup, requestAfterCallWork, skipWrapup } from "./after-call-work.ts";
import { answer } from "./connect.ts";
import type { Life, TransitionContext } from "./context.ts";
import { requireControls, setAttributes, setFlagged, setHeld } from "./controls.ts";
import { endAll, leave } from "./leave.ts";
import { type Offer, offerAgent } from "./queueing.ts";
import { keepTimeLines } from "./segments.ts";
import { replace, type TransferTarget } from "./transfer.ts";
import { endUser } from "./user-ended.ts";

/** What can happen to an interaction of any medium once it exists. */
export type SharedCommand =
	| { type: "answer"; participantId: string }
	/** `endsBridge`: who leaves as the last one of the organization leaves nobody outside to each other. */
	| { type: "leave"; participantId: string; why: DisconnectType; failure?: CallFailure; endsBridge?: boolean }
	| { type: "end"; why: DisconnectType }
	| { type: "offer"; offer: Offer }
	/** The user was deactivated or deleted. */
	| { type: "user.ended"; userId: string }
	| { type: "alerting.over"; participantId: string }
	| { type: "hold"; participantId: string; held: boolean }
	| { type: "attributes"; participantId: string; attributes: Record<string, string> }
	| { type: "flag"; participantId: string; flagged: boolean }
	| { type: "acw.request"; participantId: string; wanted: boolean }
	| { type: "wrapup"; participantId: string; wrapup: Wrapup }
	| { type: "wrapup.skip"; participantId: string }
	| { type: "acw.over"; participantId: string }
	| { type: "replace"; participantId: string; target: TransferTarget };

/** Everything that can happen to a conversation once it exists. */
export type Command = SharedCommand | MediumCommand;

const shared: Handlers<SharedCommand> = {
	answer: (draft, { participant, life }) => answerAlerting(draft, participant, life),
	leave: (draft, { participant, why, failure, endsBridge, life }) => {
		if (endsBridge && isBridge(draft, participant)) endAll(draft, why, life);
		else leave(draft, participant, why, life, failure);
	},
	end: (draft, { why, life }) => endAll(draft, why, life),
	offer: (draft, { offer, life }) => offerAgent(draft, offer, life),
	"user.ended": (draft, { userId, life }) => endUser(draft, userId, life),
	"alerting.over": (draft, { participant, life }) => ringsInVain(draft, participant, life),
	hold: (_draft, { participant, held, life }) => holdParty(participant, held, life),
	attributes: (_draft, { participant, attributes }) => setAttributes(participant, attributes),
	flag: (_draft, { participant, flagged }) => setFlagged(participant, flagged),
	"acw.request": (_draft, { participant, wanted }) => requestAfterCallWork(participant, wanted),
	wrapup: (_draft, { participant, wrapup, life }) => applyWrapup(participant, wrapup, life),
	"wrapup.skip": (_draft, { participant, life }) => skipWrapup(participant, life),
	"acw.over": (_draft, { participant, life }) => afterCallWorkTimedOut(participant, life),
	replace: (draft, { participant, target, life }) => replace(draft, participant, target, life),
};

/**
 * The conversation after a command; the one given stays as it is.
 * @throws ApiError 404 `conversation.error.participant.not.found`, 400 `conversation.error.invalid.state`
 */
export function transition(conversation: Conversation, command: Command, context: TransitionContext): Conversation {
	const draft = structuredClone(conversation);
	run(draft, command, { ...context, mediumOf });
	keepTimeLines(draft, context);
	return draft;
}

/** Everything that one party can be told; the others are about the whole. */
type Asked = { participant: Participant; life: Life };

function run(draft: Conversation, command: Command, life: Life): void {
	const handlers: Record<string, unknown> = { ...mediumOf(draft).commands, ...shared };
	const handler = handlers[command.type] as ((draft: Conversation, asked: Command & Asked) => void) | undefined;
	if (!handler) throw illegalState("This cannot happen to an interaction of this medium.");
	const participant = "participantId" in command ? findParticipant(draft, command.participantId) : undefined;
	if ("participantId" in command && !participant) throw participantNotFound(command.participantId);
	const { refuse, follow } = mediumOf(draft);
	refuse?.(draft, command);
	handler(draft, { ...command, life, participant } as Command & Asked);
	follow?.(draft, life);
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
	if (!isStaff(leaving) || leaving.consultParticipantId) return false;
	const others = draft.participants.filter((one) => one !== leaving && isLive(one));
	return !others.some(isStaff) && others.filter((one) => isOutside(one) && isConnected(one)).length > 1;
}

/** The time to answer is over. Who has answered meanwhile is left alone. */
function ringsInVain(draft: Conversation, participant: Participant, context: Life): void {
	const { state } = communicationOf(participant);
	if (state === "alerting" || (state === "dialing" && isOutside(participant)))
		leave(draft, participant, "transfer.noanswer", context);
}

function holdParty(participant: Participant, held: boolean, context: Life): void {
	requireControls(participant);
	setHeld(participant, held, context);
}
