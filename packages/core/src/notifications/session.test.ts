import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { deliveriesOf, type NotificationFrame } from "./frames.ts";
import { RecentEvents } from "./recent-events.ts";
import { laterPoint, readPoint, readsAfter, writePoint } from "./resume-point.ts";
import { ChannelSession } from "./session.ts";
import { followingNothing } from "./subscriptions.ts";
import { type Listener, listener, notes } from "./test-support/listener.ts";

const topic = "v2.users.me.presence";

function event(seq: number, topics: string[] = [topic]): LoggedEvent {
	return {
		position: `7.${seq}`,
		at: new Date(0),
		type: "test",
		entityType: "test",
		entityId: "x",
		announcements: [{ topics, eventBody: { note: seq } }],
	};
}

function sessionAt(position: string, transport: Listener = listener()): { session: ChannelSession; to: Listener } {
	const session = new ChannelSession({ id: "c", userId: "u", tokenHash: "t", position }, transport);
	const topics = ["v2.users.me.presence", "v2.users.me.station"];
	session.follow({ ...followingNothing, reaches: new Map(topics.map((one) => [one, "all"])) });
	return { session, to: transport };
}

const positions = (frames: NotificationFrame[]) => frames.map((frame) => frame.metadata.position);

describe("a session", () => {
	it("skips what it has read, sends what is new once, in order, under the topic's own name", () => {
		const { session, to } = sessionAt("7.2");
		for (const seq of [1, 2, 3, 4, 3, 4, 5]) session.replay(event(seq));
		expect(notes(to.frames)).toEqual([3, 4, 5]);
		expect(to.frames[0]?.topicName).toBe(topic);
		expect(session.position).toBe("7.5");
	});

	it("takes no live frame that the replay had already brought", () => {
		const { session, to } = sessionAt("7.0");
		session.replay(event(1));
		session.replay(event(2));
		session.readAlong(() => "7.1");
		for (const seq of [2, 3]) {
			const [delivery] = deliveriesOf(event(seq));
			if (delivery) session.tell(event(seq), delivery, 1, "all");
		}
		expect(notes(to.frames)).toEqual([1, 2, 3]);
	});

	it("stands, live, where the feed stands, also when nothing on its topics happens", () => {
		const { session } = sessionAt("7.4");
		let feed = "7.3";
		session.readAlong(() => feed);
		expect(session.position).toBe("7.4");
		feed = "7.9";
		expect(session.position).toBe("7.9");
		session.end();
		feed = "8.1";
		expect(session.position).toBe("7.9");
	});

	it("gives each notification of one entry a position of its own, from which the rest is had", () => {
		const { session, to } = sessionAt("7.0");
		const both = event(1, ["v2.users.me.presence", "v2.users.other.presence", "v2.users.me.station"]);
		session.replay(both);
		expect(positions(to.frames)).toEqual(["7.1.1", "7.1"]);
		const again = sessionAt("7.1.1");
		again.session.replay(both);
		expect(again.to.frames.map((one) => one.topicName)).toEqual(["v2.users.me.station"]);
	});

	it("ends where its transport takes nothing more, and stands before what was not taken", () => {
		const { session, to } = sessionAt("7.0");
		session.replay(event(1));
		to.close(1013, "full");
		session.replay(event(2));
		session.replay(event(3));
		expect(session.ended).toBe(true);
		expect(session.position).toBe("7.1");
	});

	it("stands before what has not left yet", () => {
		let unsent = 0;
		const to = { ...listener(), unsent: () => unsent };
		const { session } = sessionAt("7.0", to);
		for (const seq of [1, 2, 3]) {
			unsent++;
			session.replay(event(seq));
		}
		expect(session.position).toBe("7.0");
		unsent = 1;
		expect(session.position).toBe("7.2");
		unsent = 0;
		expect(session.position).toBe("7.3");
	});

	it("tells its position with what is not in the log", () => {
		const { session, to } = sessionAt("7.6");
		session.sendNow("channel.metadata", { message: "WebSocket Heartbeat" });
		expect(to.frames).toEqual([
			{
				topicName: "channel.metadata",
				version: "2",
				eventBody: { message: "WebSocket Heartbeat" },
				metadata: { CorrelationId: expect.any(String), position: "7.6" },
			},
		]);
	});
});

describe("resume points", () => {
	it.each(["7.5", "18446744073709551615.3", "7.5.2"])("%s is read and written", (text) => {
		expect(writePoint(readPoint(text) ?? { position: "", seen: 0 })).toBe(text);
	});

	it.each(["", "7", "x.y", "7.5.x", "7.5.1.1", "-1.2", " 7.5", null])("%j is none", (text) => {
		expect(readPoint(text)).toBeUndefined();
	});

	it("reads an entry again that was seen in part", () => {
		expect(readsAfter({ position: "7.5", seen: 2 })).toBe("7.4");
		expect(readsAfter({ position: "7.5", seen: Number.POSITIVE_INFINITY })).toBe("7.5");
	});

	it("orders an entry seen in part before the same one seen whole", () => {
		const [part, whole] = [readPoint("7.5.2"), readPoint("7.5")];
		expect(part && whole && laterPoint(part, whole)).toBe(whole);
	});
});

describe("recent events", () => {
	it("keep the newest, and tell from where on they are whole", () => {
		let before = "7.0";
		const recent = new RecentEvents(() => before, 10);
		expect(recent.floor).toBe("7.0");
		for (let seq = 1; seq <= 35; seq++) {
			recent.add(event(seq));
			before = `7.${seq}`;
		}
		const kept = recent.after(recent.floor).map((one) => one.position);
		expect(kept.at(0)).toBe(`7.${Number(recent.floor.split(".")[1]) + 1}`);
		expect(kept.at(-1)).toBe("7.35");
		expect(kept.length).toBeGreaterThanOrEqual(10);
		expect(kept.length).toBeLessThan(20);
		expect(recent.after("7.34").map((one) => one.position)).toEqual(["7.35"]);
		expect(recent.after("7.35")).toEqual([]);
	});
});
