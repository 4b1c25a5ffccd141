import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { worldOn } from "../conversations/test-support/world.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { type Attendance, createAttendance } from "./attendance.ts";
import { deskLed } from "./events.ts";
import { handBack } from "./hand-back.ts";

const clock = new FakeClock();
let kernel: TestKernel<FakeClock>;
let world: ReturnType<typeof worldOn>;
let attendance: Attendance;
let present: Set<string>;
let heard: Set<string>;
let active: Set<string>;
let attending: string[];
let offline: string[];
let limit: number | undefined;
/** Looks for those who are away, so far. */
let sweeps = 0;

beforeAll(async () => {
	kernel = await testKernel({ clock });
	world = worldOn(kernel);
	const ports = {
		present: () => present,
		isHeard: (userId: string) => heard.has(userId),
		usedSince: async (userId: string) => active.has(userId),
		attending: async () => attending,
		goOffline: async (userId: string) => {
			if (userId === "broken") throw new Error("This presence cannot be set.");
			attending = attending.filter((one) => one !== userId);
			offline.push(userId);
		},
		handBack: (userId: string, which: "all" | "spoken") => handBack(world.conversations, userId, which),
		offlineAfterMs: async () => {
			sweeps++;
			return limit;
		},
	};
	attendance = createAttendance(kernel, ports, { settle: 20, fresh: 60, closed: 60, lost: 60, sweep: 20 });
	attendance.start();
});
beforeEach(() => {
	[present, active, heard] = [new Set(), new Set(), new Set()];
	[attending, offline] = [[], []];
	limit = 300_000;
});
afterAll(async () => {
	attendance.stop();
	await kernel.close();
});

/** Somebody has looked for those who are away as they are now, however busy the machine is. */
async function swept(): Promise<void> {
	const before = sweeps;
	await expect.poll(() => sweeps).toBeGreaterThan(before + 1);
}

const tell = (event: NewEvent) => kernel.database.change((trx) => kernel.events.append(trx, [event]));
const endSession = (userId: string, more: object = {}) =>
	tell({ type: "token.revoked", entityType: "token", entityId: "hash", data: { tokenHash: "hash", userId, ...more } });
const signOut = (userId: string) => endSession(userId, { reason: "SIGNED_OUT" });

/** An agent who talks with a caller of a queue. */
async function talking() {
	const queue = await world.queue();
	const userId = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const offered = await world.offer(id, queue.id, userId);
	const own = offered.participants.find((one) => one.userId === userId);
	await world.conversations.patchParticipant(id, own?.id ?? "", { state: "connected" }, {});
	await world.conversations.calls.mediaConnected(id, own?.id ?? "");
	present.add(userId);
	const call = async () => {
		const conversation = await world.conversations.get(id);
		if (!conversation) throw new Error("The call is gone.");
		return conversation;
	};
	return { userId, id, call, queue };
}

describe("an agent who signs out in a call", () => {
	it("left the customer in sixty seconds of silence: the call is back in its queue, and the agent Offline", async () => {
		const { userId, call } = await talking();
		present.delete(userId);
		await signOut(userId);
		await expect.poll(() => offline).toEqual([userId]);
		const { participants, endTime } = await call();
		const agent = participants.find((one) => one.userId === userId);
		expect(agent && callOf(agent).disconnectType).toBe("session.expired");
		const waiting = participants.findLast((one) => one.purpose === "acd");
		expect(waiting && callOf(waiting).state).toBe("connected");
		expect(endTime).toBeUndefined();
	});

	it("is still there in another browser: nothing happens to the call", async () => {
		const { userId, call } = await talking();
		await signOut(userId);
		const other = await talking();
		present.delete(other.userId);
		await signOut(other.userId);
		await expect.poll(() => offline).toEqual([other.userId]);
		const agent = (await call()).participants.find((one) => one.userId === userId);
		expect(agent && callOf(agent).state).toBe("connected");
	});

	it("stayed Available for sixteen seconds where another tab, such as the console, had been used just before", async () => {
		const userId = await world.agent();
		active.add(userId);
		attending = [userId];
		await signOut(userId);
		await expect.poll(() => offline).toContain(userId);
	});

	it("by somebody's doing is looked at again where a program has asked on their behalf just now", async () => {
		const { userId } = await talking();
		present.delete(userId);
		active.add(userId);
		await endSession(userId);
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(offline).toEqual([]);
		active.clear();
		await expect.poll(() => offline).toEqual([userId]);
	});
});

describe("an agent who only closes the panel", () => {
	it("left the customer in silence: the call is back in its queue, the presence stays", async () => {
		const { userId, call } = await talking();
		present.delete(userId);
		await tell(deskLed(userId, undefined, { takenOver: false, closed: true }));
		await expect
			.poll(async () => (await call()).participants.findLast((one) => one.purpose === "acd")?.endTime, {
				timeout: 10_000,
			})
			.toBeUndefined();
		expect(offline).toEqual([]);
	});

	it("without a word (a killed browser) left the customer waiting for a minute: lost is as closed", async () => {
		const { userId, call } = await talking();
		present.delete(userId);
		await tell(deskLed(userId, undefined, { takenOver: false, closed: false }));
		await expect
			.poll(async () => (await call()).participants.findLast((one) => one.purpose === "acd")?.endTime, {
				timeout: 10_000,
			})
			.toBeUndefined();
		const agent = (await call()).participants.find((one) => one.userId === userId);
		expect(agent && callOf(agent).disconnectType).toBe("session.expired");
	});

	it("had closed nothing: both still heard each other while the panel's news were cut, and the call was taken away", async () => {
		const { userId, call } = await talking();
		const other = await talking();
		const lose = (one: string) => {
			present.delete(one);
			return tell(deskLed(one, undefined, { takenOver: false, closed: false }));
		};
		const own = async ({ userId, call }: typeof other) =>
			(await call()).participants.find((each) => each.userId === userId);
		heard.add(userId);
		await lose(userId);
		await lose(other.userId);
		await expect.poll(async () => (await own(other))?.endTime).toBeDefined();
		// They are looked at as often as it takes, and are not away either for what is theirs in writing.
		attending = [userId];
		await swept();
		clock.advance(301_000);
		await swept();
		await swept();
		expect(await own({ ...other, userId, call })).not.toHaveProperty("endTime");
		expect(offline).toEqual([]);
		heard.delete(userId);
		await expect.poll(async () => (await own({ ...other, userId, call }))?.endTime).toBeDefined();
	});

	it("lost the call to a second reload: what was due after the first one met them while nothing was connected", async () => {
		const { userId, call } = await talking();
		await tell(deskLed(userId, undefined, { takenOver: false, closed: true }));
		await tell(deskLed(userId, { panelId: "panel", channelId: "channel", since: clock.now() }));
		await kernel.told();
		present.delete(userId);
		const other = await talking();
		present.delete(other.userId);
		// Whoever went later has been looked at.
		await tell(deskLed(other.userId, undefined, { takenOver: false, closed: true }));
		await expect
			.poll(async () => (await other.call()).participants.find((each) => each.userId === other.userId)?.endTime)
			.toBeDefined();
		const agent = (await call()).participants.find((each) => each.userId === userId);
		expect(agent && callOf(agent).state).toBe("connected");
	});

	it("has another panel that goes on", async () => {
		const { userId, call } = await talking();
		await tell(deskLed(userId, undefined, { takenOver: false, closed: true }));
		await new Promise((resolve) => setTimeout(resolve, 200));
		const agent = (await call()).participants.find((one) => one.userId === userId);
		expect(agent && callOf(agent).state).toBe("connected");
	});
});

describe("somebody without any connection", () => {
	it("stayed Available for ever: after the organization's time they are Offline, and whoever came back is not", async () => {
		attending = ["gone", "back", "asking"];
		active.add("asking");
		await swept();
		present.add("back");
		await swept();
		clock.advance(299_000);
		await swept();
		expect(offline).toEqual([]);
		clock.advance(2_000);
		await expect.poll(() => offline).toEqual(["gone"]);
		expect(attending).toEqual(["back", "asking"]);
	});

	it("stayed for ever where somebody before them could not be signed off", async () => {
		attending = ["broken", "behind"];
		await expect
			.poll(
				() => {
					clock.advance(150_000);
					return offline;
				},
				{ interval: 60 },
			)
			.toEqual(["behind"]);
	});

	it("stays as they are where the organization does not want it", async () => {
		limit = undefined;
		attending = ["kept"];
		clock.advance(1_000_000);
		await swept();
		expect(offline).toEqual([]);
	});
});
