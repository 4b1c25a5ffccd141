import type { Mailbox, VoicemailPart } from "../conversations/call/voicemail/model.ts";
import type { FarEndStep } from "./media-engine.ts";

/** A message is over when nothing has been said for so long, in ms (agent-features 7). */
const silenceMs = 5000;
/** How long whoever hears that a mailbox is full has to press a key, in ms. */
const choiceMs = 6000;
const exitText = "Press 0 to wait for somebody instead.";
const tone: FarEndStep = { kind: "tone", hz: 1000, ms: 400 };
const listen: FarEndStep[] = [{ kind: "done" }, { kind: "listen", silenceMs }];

/** Names what a mailbox is to say: as long as it is the same, its leg goes on. */
export function scriptOf({ stage, take }: VoicemailPart): string {
	return stage === "full" ? stage : String(take);
}

/**
 * What a mailbox says and does (agent-features 7): greeting, tone, and then it listens. One that is taken up in the middle
 * of a message, as after a restart, goes on listening.
 * @param greeting a file of its own, where it has one
 */
export function stepsOf(part: VoicemailPart, greeting: string | undefined): FarEndStep[] {
	const { mailbox, stage, take, leadsOn } = part;
	const answer: FarEndStep = { kind: "answer" };
	const choice = leadsOn ? speak(exitText) : [];
	if (stage === "full") {
		const waits: FarEndStep[] = leadsOn ? [...choice, { kind: "silence", ms: choiceMs }] : [];
		return [answer, ...speak(fullText(mailbox)), ...waits, { kind: "hangup" }];
	}
	if (stage === "recording") return [answer, ...listen];
	if (take > 0) return [answer, { kind: "silence", ms: 300 }, tone, ...listen];
	const said: FarEndStep[] = greeting ? [{ kind: "play", file: greeting }] : speak(standardText(mailbox));
	return [answer, { kind: "silence", ms: 300 }, ...said, ...choice, { kind: "silence", ms: 300 }, tone, ...listen];
}

function speak(text: string): FarEndStep[] {
	return [{ kind: "speak", text }];
}

function standardText({ type, name }: Mailbox): string {
	const who = type === "user" ? name : `The team ${name}`;
	return `${who} can not take your call. Please leave a message after the tone.`;
}

function fullText({ name }: Mailbox): string {
	return `The mailbox of ${name} is full. Please call again later. Goodbye.`;
}
