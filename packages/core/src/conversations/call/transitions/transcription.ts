import { type Conversation, isConnected, isOutside, isStaff } from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { mayTakeYesBack } from "../consent.ts";
import { isPrivate } from "../consult/model.ts";
import { findCall } from "../model.ts";
import { isSilentForHold } from "./recording.ts";

/** That a call's words are wanted, and whether they are just now. */
export interface Transcription {
	state: "active" | "paused";
	/** Which is spoken, as the queue says it (BCP 47); empty where it does not. */
	language: string;
}

/**
 * What is said in calls of queues that are transcribed is turned into text while somebody of the organization talks with somebody
 * outside. The rules of recording hold for it: nobody who has refused, or still may, is written down, nor what is said in private
 * or while somebody has it paused.
 */
export function followTranscription(draft: Conversation, life: Life): void {
	const language = languageOf(draft, life);
	const isTalk = draft.participants.some((one) => isStaff(one) && isConnected(one));
	const isWithCustomer = draft.participants.some((one) => isOutside(one) && isConnected(one));
	const isWanted = language !== undefined && isTalk && isWithCustomer && draft.internal.consent?.state !== "refused";
	const { consent } = draft.internal;
	const isOpen = consent?.state === "asked" || mayTakeYesBack(draft, life);
	const rests = draft.securePause || isPrivate(draft) || isOpen || isSilentForHold(draft, life);
	const state = rests ? "paused" : "active";
	if (isWanted) draft.internal.transcription = { state, language };
	else delete draft.internal.transcription;
	for (const one of draft.participants) show(draft, one);
}

/** By the queue for which somebody works in the call, else the last that it has come to. */
function languageOf({ participants }: Conversation, { transcribedQueues }: Life): string | undefined {
	if (!transcribedQueues || transcribedQueues.size === 0) return undefined;
	const ofQueues = participants.filter((one) => one.queueId !== undefined);
	const worked = ofQueues.findLast((one) => isStaff(one) && isConnected(one)) ?? ofQueues.at(-1);
	return transcribedQueues.get(worked?.queueId ?? "");
}

function show({ internal, securePause }: Conversation, participant: Conversation["participants"][number]): void {
	const call = findCall(participant);
	if (!call) return;
	const state = isStaff(participant) && isConnected(participant) ? internal.transcription?.state : undefined;
	if (state) call.inlayTranscription = state;
	else delete call.inlayTranscription;
	// What is written down can be paused like what is recorded.
	if (!state || call.recording || !securePause) return;
	call.securePause = true;
	call.inlayPausedTime = internal.pause?.since;
}
