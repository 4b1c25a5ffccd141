import { expect, it } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import { isTalkedIn } from "./talked-in.ts";

it("the card of a campaign's call had no wrap-up code and no notes while one talked", () => {
	const preview = (calls: object[]) =>
		({
			...{ media: "callback", state: "connected", participantId: "me" },
			source: { id: "c", participants: [{ id: "customer", purpose: "customer", calls }] },
		}) as unknown as LiveInteraction;
	expect(isTalkedIn(preview([])), "nobody was called").toBe(false);
	expect(isTalkedIn(preview([{ state: "dialing" }]))).toBe(false);
	expect(isTalkedIn(preview([{ state: "connected", connectedTime: "2026-11-26T10:00:00.000Z" }]))).toBe(true);
});
