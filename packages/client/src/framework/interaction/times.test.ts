import { expect, test } from "vitest";
import type { PlatformConversation } from "../platform-conversation.ts";
import { conversationStart } from "./times.ts";

const participants = [{ id: "customer", connectedTime: "2026-03-01T10:00:00.372Z" }, { id: "me" }];
const event: PlatformConversation = { id: "c1", inlayStartTime: "2026-03-01T10:00:00.074Z", participants };
const read: PlatformConversation = { id: "c1", startTime: "2026-03-01T10:00:00.074Z", participants };

test("a reload gave an interaction another start: REST tells of a moment that events do not know", () => {
	expect([event, read].map(conversationStart)).toEqual(Array(2).fill("2026-03-01T10:00:00.074Z"));
	expect(conversationStart({ id: "c1", participants })).toBe("2026-03-01T10:00:00.372Z");
});

test("a call that was dialled had no start until it was answered, and none at all where it never was", () => {
	const dialled = { ...event, participants: [{ id: "me" }] };
	expect(conversationStart(dialled)).toBe("2026-03-01T10:00:00.074Z");
	expect(conversationStart({ ...dialled, participants })).toBe("2026-03-01T10:00:00.074Z");
});
