import type { Handlers } from "../../medium.ts";
import { type Conversation, isLive, type Participant, type QueueFacts } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import type { Life } from "../../transitions/context.ts";
import { leave } from "../../transitions/leave.ts";
import { leaveForMailbox, leaveMailbox } from "./enter.ts";
import { exitDigit, mailboxOfQueue, queueBehind } from "./model.ts";

/** What can happen to a party that is a mailbox. Told too late, or of another party, nothing happens. */
export type VoicemailCommand =
	/** The tone is over. */
	| { type: "voicemail.record"; participantId: string }
	/** The caller has pressed a key. `exit` is where {@link exitDigit} leads who came by no queue. */
	| { type: "voicemail.key"; participantId: string; digit: string; exit?: QueueFacts }
	/** Nothing has been heard for a while. */
	| { type: "voicemail.over"; participantId: string }
	/** Whoever waits in a queue leaves a message there instead. */
	| { type: "voicemail.leave" };

export const voicemailCommands: Handlers<VoicemailCommand> = {
	"voicemail.record": (_draft, { participant, life }) => record(participant, life),
	"voicemail.key": (draft, { participant, digit, exit, life }) => {
		const part = participant.internal.voicemail;
		if (!part || !isLive(participant)) return;
		const queue = queueBehind(draft) ?? exit;
		if (digit === exitDigit && part.leadsOn && queue) return leaveMailbox(draft, participant, queue, life);
		if (part.stage === "full") return;
		// `*` begins again; `#` ends the message, or skips the greeting.
		if (digit === "#" && part.stage === "recording") endMessage(draft, participant, life);
		else if (digit === "*" || (digit === "#" && part.take === 0)) beginAgain(participant);
	},
	"voicemail.over": (draft, { participant, life }) => endMessage(draft, participant, life),
	"voicemail.leave": (draft, { life }) => {
		const mailbox = mailboxOfQueue(draft);
		if (!mailbox) throw illegalState("No message can be left there.");
		leaveForMailbox(draft, mailbox, life);
	},
};

/** What has been said is kept, and the caller let go: it is as long as it may be, or nothing is said any more. */
export function endMessage(draft: Conversation, participant: Participant, life: Life): void {
	if (participant.internal.voicemail?.stage === "recording") leave(draft, participant, "endpoint", life);
}

function record({ internal }: Participant, { now, newId }: Life): void {
	const part = internal.voicemail;
	if (part?.stage !== "greeting") return;
	part.stage = "recording";
	part.recordingId = newId();
	internal.due = new Date(now.getTime() + part.mailbox.longestMs).toISOString();
}

function beginAgain({ internal }: Participant): void {
	if (!internal.voicemail) return;
	const { recordingId: _saidSoFar, ...part } = internal.voicemail;
	internal.voicemail = { ...part, stage: "greeting", take: part.take + 1 };
	internal.due = undefined;
}
