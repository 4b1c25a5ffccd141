import type { CallFailure } from "@inlay/contract";
import type { FarEndStep, MediaEngine } from "./media-engine.ts";
import type { Trunk, TrunkCall } from "./trunk.ts";

/** How long the simulated far end rings, in ms. */
const ringMs = 2500;

/** What the far end says; it pauses so that the agent can speak, and hangs up. */
const conversation: FarEndStep[] = [
	{ kind: "speak", text: "Hello, this is the simulated far end of the Inlay demo." },
	{ kind: "silence", ms: 3000 },
	{ kind: "tone", hz: 660, ms: 1500 },
	{ kind: "silence", ms: 2000 },
	{ kind: "speak", text: "You can hold me, mute yourself, or send me tones. I will stay for a while." },
	{ kind: "silence", ms: 20_000 },
	{ kind: "speak", text: "Thank you for calling. Goodbye." },
	{ kind: "hangup" },
];

/** What somebody says who calls in; while they wait and nobody hears them, they say it all the same. */
const caller: FarEndStep[] = [
	...Array.from({ length: 20 }, (): FarEndStep[] => [
		{ kind: "speak", text: "Hello? I have a question about my order." },
		{ kind: "silence", ms: 12_000 },
	]).flat(),
	{ kind: "hangup" },
];

/** Who calls from a number with this ending leaves a message of six seconds (agent-features 19): one is waited for, five are spoken. */
const leavesVoicemail = "30";
const message: FarEndStep[] = [
	{ kind: "await", quietMs: 1000 },
	{ kind: "tone", hz: 440, ms: 5000 },
	{ kind: "silence", ms: 200 },
	{ kind: "hangup" },
];

/** Who is dialled at a number with this ending picks up at once: for tests of what comes after, and for people in a hurry. */
const picksUpAtOnce = "10";

/** Numbers with an ending of their own let people see what goes wrong outside, too: how long they ring, and what comes of it. */
const endings: Record<string, { ringMs: number; cause: CallFailure }> = {
	"00": { ringMs: 200, cause: "busy" },
	"96": { ringMs: 200, cause: "unknownNumber" },
	"97": { ringMs: 2500, cause: "refused" },
	"99": { ringMs: 20_000, cause: "noAnswer" },
};

/**
 * Far ends to which calls may be forwarded (agent-features 4): a mobile whose owner takes the call, and a mailbox; and one that
 * is known to be an answering machine (18).
 */
const answers: Record<string, FarEndStep[]> = {
	"20": [{ kind: "silence", ms: 4000 }, { kind: "press", digit: "1" }, ...conversation],
	"98": [
		{ kind: "answer", isMachine: true },
		{ kind: "speak", text: "Nobody can take your call now. Please leave a message after the tone." },
		{ kind: "tone", hz: 1000, ms: 400 },
		{ kind: "silence", ms: 30_000 },
		{ kind: "hangup" },
	],
	"21": [
		{ kind: "speak", text: "This is the mailbox of a mobile phone. Please leave a message after the tone." },
		{ kind: "tone", hz: 1000, ms: 400 },
		{ kind: "silence", ms: 120_000 },
		{ kind: "hangup" },
	],
};

/**
 * The demo organization's trunk: whatever is dialled is answered by a synthesised voice, and who calls in has one, so one
 * person can try a call.
 */
export function simulatedTrunk(engine: MediaEngine): Trunk {
	return {
		place(call: TrunkCall) {
			engine.createScriptedLeg(call.legId, stepsFor(call));
		},
		end: (legId) => engine.closeLeg(legId),
		// The engine tells what it plays.
		onNews: () => () => {},
	};
}

function stepsFor(call: TrunkCall): FarEndStep[] {
	if (call.isCaller) return [{ kind: "answer" }, ...(call.number.endsWith(leavesVoicemail) ? message : caller)];
	if (call.resumed) return [{ kind: "answer" }, ...conversation.slice(1)];
	const answer = answers[call.number.slice(-2)];
	if (answer?.[0]?.kind === "answer") return [{ kind: "ring", ms: ringMs }, ...answer];
	if (answer) return [{ kind: "ring", ms: ringMs }, { kind: "answer" }, ...answer];
	const ending = endings[call.number.slice(-2)];
	if (ending)
		return [
			{ kind: "ring", ms: ending.ringMs },
			{ kind: "hangup", cause: ending.cause },
		];
	const ringsMs = call.number.endsWith(picksUpAtOnce) ? 100 : ringMs;
	return [{ kind: "ring", ms: ringsMs }, { kind: "answer" }, ...conversation];
}
