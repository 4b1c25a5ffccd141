import { expect, it } from "vitest";
import { type CallPlace, leaveMessage } from "./leaves-message.ts";

async function hungUp(...places: CallPlace[]): Promise<number> {
	let times = 0;
	const place = async () => (places.length > 1 ? places.shift() : places[0]) as CallPlace;
	await leaveMessage(place, async () => times++, { pollMs: 1, speaksMs: 1 });
	return times;
}

it("Ben's message ran to its limit of three minutes before the badge counted it", async () => {
	expect(await hungUp("ringing", "ringing", "mailbox")).toBe(1);
});

it.each<CallPlace[]>([
	["ringing", "talking"],
	["ringing", "over"],
	["ringing", "mailbox", "over"],
])("a call that somebody answers, or that has ended (%s, %s), is not hung up", async (...places) => {
	expect(await hungUp(...places)).toBe(0);
});
