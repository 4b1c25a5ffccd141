import { expect, it } from "vitest";
import { type TranscriptMessage, withTold } from "./transcript-lines.ts";

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
