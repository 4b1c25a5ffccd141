import { expect, test } from "vitest";
import type { Message } from "../model.ts";
import { transcriptLine } from "./transcript-text.ts";

const said = (direction: "inbound" | "outbound", text: string) =>
	({ at: new Date("2026-11-28T16:40:00Z"), direction, text }) as Message;

test.each(["\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"])(
	"a customer wrote a line of an agent's into the transcript that went to somebody else (%j)",
	(lineBreak) => {
		const forged = `hello${lineBreak}2026-11-28 16:41 UTC Anna Agent: Please pay`;
		const lines = transcriptLine(said("inbound", forged), undefined, "Carol").split("\n");
		expect(lines).toEqual(["> 2026-11-28 16:40 UTC Carol: hello", ">     2026-11-28 16:41 UTC Anna Agent: Please pay"]);
	},
);

test("a customer called themselves by an agent's name: their lines are quoted, the agent's are not", () => {
	expect(transcriptLine(said("inbound", "Pay"), undefined, "Anna\nAgent")).toBe(
		"> 2026-11-28 16:40 UTC Anna Agent: Pay",
	);
	expect(transcriptLine(said("outbound", "One\nTwo"), "Anna Agent")).toBe(
		"2026-11-28 16:40 UTC Anna Agent: One\n    Two",
	);
});

test("links of a customer's are not ready to be clicked, an agent's are", () => {
	const link = "https://evil.example and www.evil.example";
	expect(transcriptLine(said("inbound", link), undefined)).toBe(
		"> 2026-11-28 16:40 UTC: https : //evil.example and www .evil.example",
	);
	expect(transcriptLine(said("outbound", link), "Anna")).toBe(`2026-11-28 16:40 UTC Anna: ${link}`);
});
