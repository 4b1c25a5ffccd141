import { expect, it } from "vitest";
import { speakerOf, type TranscriptMessage, withTold } from "./transcript-lines.ts";

const told = (
	utteranceId: string,
	transcript: string,
	more: { isFinal?: boolean; offsetMs?: number } = {},
): TranscriptMessage => ({
	transcripts: [
		{
			utteranceId,
			isFinal: more.isFinal ?? true,
			channel: "EXTERNAL",
			alternatives: [{ transcript, offsetMs: more.offsetMs ?? 0 }],
		},
	],
});

it("puts what was said in the place of what was being said, each line at its time", () => {
	let lines = withTold([], told("b", "good", { isFinal: false, offsetMs: 900 }));
	lines = withTold(lines, told("a", "hello", { offsetMs: 100 }));
	lines = withTold(lines, told("b", "good morning", { offsetMs: 900 }));
	expect(lines.map(({ text, isFinal }) => [text, isFinal])).toEqual([
		["hello", true],
		["good morning", true],
	]);
});

it("a late answer made something unsaid again that had been said", () => {
	const lines = withTold(withTold([], told("a", "yes please")), told("a", "yes", { isFinal: false }));
	expect(lines.map(({ text }) => text)).toEqual(["yes please"]);
});

it("keeps no more than a panel can show, and nothing of a message without words", () => {
	let lines = withTold([], {});
	for (let at = 0; at < 1100; at++) lines = withTold(lines, told(`u${at}`, `word ${at}`, { offsetMs: at }));
	lines = withTold(lines, { transcripts: [{ utteranceId: "x", alternatives: [] }, {}] });
	expect([lines.length, lines[0]?.text, lines.at(-1)?.text]).toEqual([1000, "word 100", "word 1099"]);
});

it("after a restart of the server, whose offsets begin anew, what was said last stood first, and a broken-off word was being said for ever", () => {
	const first = { ...told("a", "my number is", { offsetMs: 90_000 }), transcriptionStartTimeMs: 1_000_000 };
	const brokenOff = {
		...told("b", "four t", { isFinal: false, offsetMs: 95_000 }),
		transcriptionStartTimeMs: 1_000_000,
	};
	const next = { ...told("c", "are you there", { offsetMs: 500 }), transcriptionStartTimeMs: 1_100_000 };
	const lines = [first, brokenOff, next].reduce(withTold, [] as ReturnType<typeof withTold>);
	expect(lines.map(({ text, isFinal }) => [text, isFinal])).toEqual([
		["my number is", true],
		["four t", true],
		["are you there", true],
	]);
});

it("what a colleague had said before the call was handed over was said by You", () => {
	const time = (seconds: number) => new Date(seconds * 1000).toISOString();
	const part = (userId: string, from: number, to?: number) => ({
		userId,
		calls: [{ connectedTime: time(from), ...(to ? { disconnectedTime: time(to) } : {}) }],
	});
	const call = { id: "c", participants: [part("tom", 10, 60), part("ann", 50, 90), part("tom", 100)] };
	const speaker = (seconds: number, isOwnSide = true) => speakerOf({ isOwnSide, atMs: seconds * 1000 }, call, "ann");
	expect([20, 55, 70, 110].map((seconds) => speaker(seconds))).toEqual(["colleague", "either", "you", "colleague"]);
	expect(speaker(70, false)).toBe("customer");
});
