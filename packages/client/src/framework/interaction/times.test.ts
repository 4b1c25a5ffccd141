import { expect, test } from "vitest";
import type { PlatformConversation } from "../platform-conversation.ts";
import { conversationStart } from "./times.ts";

test("a reload gave an interaction another start: REST tells of a moment that events do not know", () => {
	const event: PlatformConversation = {
		id: "c1",
		participants: [{ id: "customer", connectedTime: "2026-03-01T10:00:00.372Z" }, { id: "me" }],
	};
	const read = { ...event, startTime: "2026-03-01T10:00:00.074Z" };
	expect([event, read, event].map(conversationStart)).toEqual(Array(3).fill("2026-03-01T10:00:00.372Z"));
	expect(conversationStart({ ...read, participants: [{ id: "me" }] })).toBe("2026-03-01T10:00:00.074Z");
});
