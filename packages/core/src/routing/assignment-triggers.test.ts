import { expect, it } from "vitest";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { triggerOf } from "./assignment-triggers.ts";

const event = (type: string, data?: unknown): LoggedEvent => ({
	type,
	entityType: "x",
	entityId: "x",
	position: "1.1",
	at: new Date(0),
	announcements: [],
	data,
});

it.each([
	["a customer begins to wait", "conversation.changed", { waitingQueueId: "q", userIds: [] }, ["q"], []],
	["agents may be free after a call", "conversation.changed", { userIds: ["ann", "bob"] }, [], ["ann", "bob"]],
	["an agent becomes idle", "routingstatus.changed", { userId: "ann", status: "IDLE" }, [], ["ann"]],
	["an agent becomes busy", "routingstatus.changed", { userId: "ann", status: "INTERACTING" }, [], []],
	["a member joins", "queue.member.changed", { queueId: "q", userId: "ann", joined: true }, ["q"], []],
	["a member leaves", "queue.member.changed", { queueId: "q", userId: "ann", joined: false }, [], []],
	["somebody takes a station", "station.associated", { userId: "ann" }, [], ["ann"]],
	["a station that tells of nobody", "station.changed", undefined, [], []],
	["anything else", "user.changed", { name: "Ann" }, [], []],
])("%s", (_what, type, data, queueIds, userIds) => {
	expect(triggerOf(event(type, data))).toEqual({ queueIds, userIds });
});
