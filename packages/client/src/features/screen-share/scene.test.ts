import { expect, it } from "vitest";
import { readInteraction } from "../../session/read-interaction.ts";
import type { WireParticipant } from "../../session/wire.ts";
import { isAtPage, screenOf } from "./scene.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 9, minute)).toISOString();
const share = {
	id: "s",
	context: "x",
	sharing: false,
	peerCount: 0,
	inlayState: "ended",
	inlayShows: "customer",
} as const;
const customer: WireParticipant = {
	id: "p1",
	purpose: "customer",
	calls: [{ state: "connected" }],
	screenshares: [{ ...share, disconnectedTime: at(5) }],
};
const turn = (id: string, from: number, more: Partial<WireParticipant>): WireParticipant => ({
	id,
	purpose: "agent",
	userId: "me",
	startTime: at(from),
	calls: [{ state: "connected" }],
	...more,
});

it("a shared screen that had ended stood on the card of the agent's next turn in the same call", () => {
	const scene = (...participants: WireParticipant[]) => {
		const call = readInteraction({ id: "c", participants }, "me");
		return call && screenOf(call);
	};
	const first = turn("p2", 0, { screenshares: customer.screenshares });
	expect(scene(customer, first)).toMatchObject({ isLive: false, isOwn: true });
	const left = { ...first, endTime: at(6), calls: [{ state: "disconnected", disconnectType: "transfer" }] };
	expect(scene(customer, left, turn("p3", 10, {}))).toBeUndefined();
	const live = { ...customer, screenshares: [{ ...share, inlayState: "sharing" as const }] };
	expect(scene(live, left, turn("p3", 10, {})), "a colleague's that goes on").toMatchObject({ isLive: true });
});

it("a customer who had left was still to be shown a screen", () => {
	const isOffered = (state: string) => {
		const page = { ...customer, calls: [{ state, provider: "Inlay Web" }] };
		const call = readInteraction({ id: "c", participants: [page, turn("p2", 0, {})] }, "me");
		return call && isAtPage(call);
	};
	expect([isOffered("connected"), isOffered("disconnected")]).toEqual([true, false]);
});
