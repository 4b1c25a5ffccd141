import { expect, it } from "vitest";
import type { PlatformConversation } from "./platform-conversation.ts";
import { ScreenFeed, type ScreenNews } from "./screen-feed.ts";

const at = (inlayState: "requested" | "sharing" | "ended", userId = "me"): PlatformConversation[] => [
	{
		id: "c",
		participants: [
			{
				userId,
				screenshares: [
					{
						...{ id: "x", context: "s", sharing: false, peerCount: 0, inlayState, inlayShows: "customer" },
						...(inlayState === "ended" ? { inlayEnd: "declined" } : {}),
					},
				],
			},
		],
	},
];

it("tells each transition of one's own once, and nothing of what went on before", () => {
	const told: ScreenNews[] = [];
	const feed = new ScreenFeed((news) => told.push(news));
	feed.update(at("requested"), "me");
	feed.update(at("sharing"), "me");
	feed.update(at("sharing"), "me");
	feed.update(at("ended"), "me");
	feed.update(at("ended", "colleague"), "me");
	expect(told).toEqual([
		{ id: "c", sessionId: "s", state: "sharing", controlling: false, shows: "customer" },
		{ id: "c", sessionId: "s", state: "ended", controlling: false, shows: "customer", end: "declined" },
	]);
});
