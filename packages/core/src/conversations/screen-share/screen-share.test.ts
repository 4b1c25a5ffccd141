import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { departures } from "../../test-support/platform-shape.ts";
import { restConversation } from "../projection/generic.ts";
import { conversationEvent } from "../projection/generic-event.ts";
import { party } from "../test-support/parties.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { liveScreenOf } from "./model.ts";
import { screenConversationEvent } from "./shows.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

/** An agent and a customer who talk. */
async function talk() {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const by = { userId: agent, may: () => false };
	const { id } = await world.waiting(queue.id);
	const own = party(await world.offer(id, queue.id, agent), "agent").id;
	await world.conversations.calls.mediaConnected(id, own);
	return { id, by, own, screens: world.conversations.screens };
}

const shownOf = (conversation: Parameters<typeof restConversation>[0]) =>
	restConversation(conversation).participants.flatMap(
		(one) => ("screenshares" in one ? one.screenshares : []) as Record<string, unknown>[],
	);

describe("a shared screen in the document", () => {
	it("goes from the request to its end, and both parties' parts say so", async () => {
		const { id, by, screens } = await talk();
		const asked = await screens.begin(id, "customer", by);
		const share = liveScreenOf(asked);
		if (!share) throw new Error("There is none.");
		expect(shownOf(asked)).toMatchObject([
			{ context: share.id, state: "alerting", inlayState: "requested", sharing: false, peerCount: 0 },
			{ context: share.id, state: "alerting", inlayState: "requested", sharing: false, peerCount: 0 },
		]);
		await screens.change(id, share.id, { state: "choosing" });
		const shared = await screens.change(id, share.id, {
			state: "sharing",
			surface: "window",
			width: 1280,
			height: 720,
		});
		expect(shownOf(shared)).toMatchObject([
			{ state: "connected", sharing: true, peerCount: 1, inlaySurface: "window", inlayWidth: 1280 },
			{ state: "connected", sharing: false, peerCount: 1 },
		]);
		const paused = await screens.change(id, share.id, { state: "paused" });
		expect(shownOf(paused)).toMatchObject([{ sharing: false, inlayState: "paused" }, {}]);
		await screens.change(id, share.id, { state: "sharing" });
		const ended = await screens.end(id, share.id, "customer.stopped");
		expect(liveScreenOf(ended)).toBeUndefined();
		expect(shownOf(ended)).toMatchObject([{ state: "disconnected", inlayEnd: "customer.stopped" }, {}]);
		const [one, other] = shownOf(ended);
		expect([one?.peerId, other?.peerId]).toEqual([other?.id, one?.id]);
	});

	it("does not go on, or back, but by its order, and is not ended twice", async () => {
		const { id, by, screens } = await talk();
		const share = liveScreenOf(await screens.begin(id, "customer", by));
		const shareId = share?.id ?? "";
		for (const state of ["sharing", "paused"] as const)
			expect(liveScreenOf(await screens.change(id, shareId, { state }))?.state).toBe("requested");
		await screens.end(id, shareId, "declined");
		await screens.end(id, shareId, "customer.gone");
		const after = await screens.change(id, shareId, { state: "choosing", surface: "monitor" });
		expect(after.internal.screenShares).toMatchObject([{ state: "ended", end: "declined" }]);
		expect(after.internal.screenShares?.[0]?.surface).toBeUndefined();
	});

	it("is one at a time; the same wish again is the same one", async () => {
		const { id, by, screens } = await talk();
		const first = liveScreenOf(await screens.begin(id, "agent", by));
		expect(first?.state).toBe("choosing");
		expect(liveScreenOf(await screens.begin(id, "agent", by))?.id).toBe(first?.id);
		await expect(screens.begin(id, "customer", by)).rejects.toMatchObject({ status: 400 });
	});

	it("ends with the interaction, whoever leaves it", async () => {
		for (const who of ["customer", "agent"] as const) {
			const { id, by, screens } = await talk();
			const asked = await screens.begin(id, "customer", by);
			const left = await world.conversations.partyLeft(id, party(asked, who).id, "client");
			expect(left.internal.screenShares).toMatchObject([{ state: "ended", end: "interaction.ended" }]);
		}
	});

	it("is nobody's who is not in the interaction", async () => {
		const { id, screens } = await talk();
		const stranger = { userId: (await talk()).by.userId, may: () => true };
		await expect(screens.begin(id, "customer", stranger)).rejects.toMatchObject({ status: 403 });
	});

	it("has the form of the platform's models, and its own topic tells of it alone", async () => {
		const { id, by, screens } = await talk();
		const asked = await screens.begin(id, "customer", by);
		const share = liveScreenOf(asked)?.id ?? "";
		await screens.change(id, share, { state: "choosing" });
		const shared = await screens.change(id, share, { state: "sharing" });
		expect(departuresOf("Conversation", restConversation(shared))).toEqual([]);
		expect(departuresOf("ConversationEventTopicConversation", conversationEvent(shared))).toEqual([]);
		expect(screenConversationEvent(shared)).toMatchObject({
			id,
			participants: [
				{ purpose: "customer", state: "connected", sharing: true, context: share },
				{ purpose: "agent", user: { id: by.userId }, sharing: false, peerCount: 1 },
			],
		});
		const topic = `v2.users.${by.userId}.conversations.screenshares`;
		expect(await toldOn(topic)).toHaveLength(3);
		await world.conversations.setAttributes(id, party(shared, "agent").id, { a: "b" }, by);
		expect(await toldOn(topic)).toHaveLength(3);
	});
});

async function toldOn(topic: string): Promise<unknown[]> {
	const told = await world.kernel.told();
	return told.flatMap(({ announcements }) => announcements.filter(({ topics }) => topics.includes(topic)));
}

/** But for what the platform has no word for. */
function departuresOf(model: string, value: unknown): string[] {
	return departures(model, value).filter((one) => !/\/inlay\w+ is no key/.test(one));
}
