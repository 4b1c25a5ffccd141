import { type Address, addressOf, type Communication } from "../communication.ts";
import type { MediumParts, NewCommunication } from "../medium.ts";
import { isLive, isStaff, type Participant } from "../model.ts";
import type { Consent } from "./consent.ts";
import type { Transcription } from "./transitions/transcription.ts";

/** A party's voice communication. */
export interface Call extends Communication {
	recording: boolean;
	recordingState: "none" | "active" | "paused";
	recordingId?: string;
	/** By whom, where it is recorded; older documents do not say. */
	recorders?: Record<"own" | "policy", "none" | "active" | "paused">;
	muted: boolean;
	confined: boolean;
	securePause: boolean;
	/** ISO: since when somebody has it paused. */
	inlayPausedTime?: string;
	/** It should be recorded, and is not any more: nothing could be written. */
	inlayRecordingFailed?: boolean;
	/** The participant who has asked this colleague into the call. */
	inlayAddedBy?: string;
	/** Of an agent's call: it was a time that was over which called, not they. */
	inlayDialedBy?: "timer";
	/** Whether this party may be recorded, where a policy has them asked. */
	inlayConsent?: Consent["state"];
	/** What is said is turned into text, or not just now. */
	inlayTranscription?: Transcription["state"];
	uuiData?: string;
	self: Address;
	other: Address;
}

/** What makes a call: where participants keep theirs, and how a new one begins. */
export const callParts = {
	list: "calls",
	fresh: ({ name, address, other }: NewCommunication): Omit<Call, keyof Communication> => ({
		recording: false,
		recordingState: "none",
		muted: false,
		confined: false,
		securePause: false,
		self: addressOf(name, address),
		other: other ?? {},
	}),
} as const satisfies MediumParts;

/** The party's call, or the last of them, if it has one. */
export function findCall(participant: Participant): Call | undefined {
	return participant.calls?.at(-1);
}

/** The party's call, in an interaction that is one. */
export function callOf(participant: Participant): Call {
	const call = findCall(participant);
	if (!call) throw new Error(`Participant ${participant.id} has no call.`);
	return call;
}

const spokenIn: ReadonlySet<string> = new Set(["contacting", "dialing", "connected"]);

/** The user speaks there or waits to: their call is connected or being set up, and not on hold. */
export function isOnLine(participant: Participant): boolean {
	const call = findCall(participant);
	if (!call || !isStaff(participant) || !isLive(participant)) return false;
	return spokenIn.has(call.state) && !call.held;
}

/** Who is called behind a number is shown, and called again; what is sent later than at once is no extension (RFC 3966). */
export function extendedAddress(address: string, digitsAfter = ""): string {
	const digits = digitsAfter.replace(/^,+/, "");
	return !digits || digits.includes(",") ? address : `${address};ext=${digits}`;
}
