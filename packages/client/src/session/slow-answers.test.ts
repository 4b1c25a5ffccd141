import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { PresenceStore } from "./presence-store.ts";
import { QueueStore } from "./queue-store.ts";
import { RecentCalls } from "./recent-calls.ts";
import { StationStore } from "./station-store.ts";
import type { WirePresence } from "./wire.ts";

/** A server whose answers come when, and in the order in which, a test says so. */
function slowServer() {
	const answers: PromiseWithResolvers<unknown>[] = [];
	const ask = () => {
		const answer = Promise.withResolvers<unknown>();
		answers.push(answer);
		return answer.promise;
	};
	const api = { get: ask, post: ask, put: ask, patch: ask, request: ask } as unknown as ApiClient;
	const answer = async (which: number, value?: unknown) => {
		await expect.poll(() => answers.length).toBeGreaterThan(which);
		answers[which]?.resolve(value);
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { api, answer };
}

const phone = { id: "s1", name: "Phone", type: "inin_webrtc_softphone" };
const presenceOf = (id: string): WirePresence =>
	({ presenceDefinition: { id, systemPresence: id } }) as unknown as WirePresence;

describe("the agent's phone", () => {
	it("went out of use, as a snapshot from before it was taken into use was slower than that", async () => {
		const { api, answer } = slowServer();
		const station = new StationStore(api, "me");
		const takeSnapshot = station.beginSnapshot();
		const associating = station.associate(phone);
		await answer(0);
		await associating;
		takeSnapshot({});
		expect(station.associated.value?.id).toBe("s1");
	});

	it("taken away while it was being taken into use, it stayed: the answer was slower than the news", async () => {
		const { api, answer } = slowServer();
		const station = new StationStore(api, "me");
		const associating = station.associate(phone);
		station.take({ associatedStation: { id: "desk", name: "Desk" } });
		await answer(0);
		await associating;
		expect(station.associated.value?.id).toBe("desk");
	});
});

describe("the agent's status", () => {
	it("changed by a supervisor right after the agent's own choice, it was shown as the agent had chosen it", async () => {
		const { api, answer } = slowServer();
		const presence = new PresenceStore(api, "me");
		const choosing = presence.choose({ id: "meal", system: "MEAL", primary: true, label: () => "Meal" });
		await new Promise((resolve) => setImmediate(resolve));
		presence.take({ presence: presenceOf("break") });
		await answer(0, presenceOf("meal"));
		await choosing;
		expect(presence.system.value).toBe("BREAK");
	});

	it("back on queue, a call came at once: the slow answer said that the agent was idle", async () => {
		const { api, answer } = slowServer();
		const presence = new PresenceStore(api, "me");
		const responding = presence.respondAgain();
		presence.take({ routingStatus: { status: "INTERACTING" } });
		await answer(0, { status: "IDLE" });
		await responding;
		expect(presence.routingStatus.value).toBe("INTERACTING");
	});
});

describe("the agent's queues", () => {
	const queue = (joined: boolean) => ({ entities: [{ id: "q1", name: "Support", joined }] });

	it("read twice in a row, the older answer counted where it was slower", async () => {
		const { api, answer } = slowServer();
		const queues = new QueueStore(api, "me");
		const loads = [queues.load(), queues.load()];
		await answer(1, queue(false));
		await answer(0, queue(true));
		await Promise.all(loads);
		expect(queues.takesNone.value).toBe(true);
	});

	it("switched off while they were read: the list said that they were on", async () => {
		const { api, answer } = slowServer();
		const queues = new QueueStore(api, "me");
		const loading = queues.load();
		const joining = queues.join([{ id: "q1", name: "Support" }], false);
		await answer(1);
		await joining;
		await answer(0, queue(true));
		await answer(2, queue(false));
		await loading;
		expect(queues.takesNone.value).toBe(true);
	});
});

it("the call history was reloaded, and what was read before stood there in the end", async () => {
	const { api, answer } = slowServer();
	const recent = new RecentCalls(api, "me", signal([]));
	const loads = [recent.load(), recent.load()];
	await answer(1, { entities: [], total: 60 });
	await answer(0, { entities: [], total: 0 });
	await Promise.all(loads);
	expect(recent.more.value).toBe(true);
	recent.dispose();
});

it("More came to nothing where the history was read anew at that moment, as the line had been lost", async () => {
	const { api, answer } = slowServer();
	const recent = new RecentCalls(api, "me", signal([]));
	const first = recent.load();
	await answer(0, { entities: [], total: 60 });
	const both = [first, recent.load(true), recent.load()];
	await answer(2, { entities: [past("new")], total: 60 });
	await answer(1, { entities: [past("old")], total: 60 });
	await Promise.all(both);
	expect(recent.all.value.map(({ id }) => id).toSorted()).toEqual(["new", "old"]);
	const third = recent.load(true);
	await answer(3, { entities: [past("older")], total: 60 });
	await third;
	expect(recent.more.value).toBe(false);
	recent.dispose();
});

function past(id: string) {
	const own = { user: { id: "me" }, direction: "inbound", didInteract: true, disconnectType: "client" };
	const times = { startTime: "2026-11-26T10:00:00.000Z", endTime: "2026-11-26T10:01:00.000Z" };
	return {
		id,
		participants: [
			{ purpose: "customer", name: "Hanna" },
			{ ...own, ...times },
		],
	};
}
