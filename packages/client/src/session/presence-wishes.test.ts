import { expect, it } from "vitest";
import { greetAgain } from "../boot/greeting.ts";
import type { ApiClient } from "./api.ts";
import { PresenceStore } from "./presence-store.ts";
import type { WirePresence } from "./wire.ts";

const entities = [
	{ id: "p-available", systemPresence: "Available", primary: true },
	{ id: "p-queue", systemPresence: "On Queue", primary: true },
	{ id: "p-offline", systemPresence: "Offline", primary: true },
];

const presenceOf = (id: string) =>
	({
		presenceDefinition: { id, systemPresence: entities.find((one) => one.id === id)?.systemPresence },
	}) as WirePresence;

async function store() {
	const sent: string[] = [];
	const api = {
		get: async () => ({ entities }),
		patch: async (_path: string, body: { presenceDefinition: { id: string } }) => {
			sent.push(body.presenceDefinition.id);
			return presenceOf(body.presenceDefinition.id);
		},
	} as unknown as ApiClient;
	const presence = new PresenceStore(api, "me");
	presence.take({ presence: presenceOf("p-offline") });
	await presence.load();
	const wish = async (name: string) => {
		const choice = presence.find(name);
		if (choice) await presence.choose(choice);
	};
	return { presence, sent, wish };
}

it("a status chosen right after the sign-in is not undone by a snapshot that was on its way", async () => {
	const { presence, wish } = await store();
	presence.beginSnapshot();
	await wish("ON_QUEUE");
	presence.takeSnapshot({ presence: presenceOf("p-available"), routingStatus: { status: "OFF_QUEUE" } });
	expect(presence.system.value).toBe("ON_QUEUE");
	expect(presence.routingStatus.value, "of what nothing else told, the snapshot counts").toBe("OFF_QUEUE");
});

it("the next snapshot counts again", async () => {
	const { presence, wish } = await store();
	await wish("ON_QUEUE");
	presence.beginSnapshot();
	presence.takeSnapshot({ presence: presenceOf("p-available") });
	expect(presence.system.value).toBe("AVAILABLE");
});

it("a status chosen before the greeting is not undone by the greeting", async () => {
	const { presence, sent, wish } = await store();
	await Promise.all([wish("ON_QUEUE"), presence.greet()]);
	expect(sent).toEqual(["p-queue"]);
});

it("who has wished for nothing is available", async () => {
	const { presence, sent } = await store();
	await presence.greet();
	expect(sent).toEqual(["p-available"]);
});

it("signed in again after the session was ended, the agent stayed Offline", async () => {
	const { presence, sent, wish } = await store();
	await wish("ON_QUEUE");
	greetAgain(presence);
	presence.beginSnapshot();
	presence.takeSnapshot({ presence: presenceOf("p-offline") });
	await expect.poll(() => sent).toEqual(["p-queue", "p-available"]);
});

it("signed in again before the server took them for gone, the agent keeps their status", async () => {
	const { presence, sent, wish } = await store();
	await wish("ON_QUEUE");
	greetAgain(presence);
	presence.beginSnapshot();
	presence.takeSnapshot({ presence: presenceOf("p-queue") });
	await new Promise((resolve) => setTimeout(resolve));
	expect(sent).toEqual(["p-queue"]);
});

it("a status that waits for after-call work looked as if it were taken", async () => {
	const presence = new PresenceStore({ get: async () => ({ entities }) } as unknown as ApiClient, "me");
	await presence.load();
	presence.take({
		presence: { ...presenceOf("p-queue"), inlayThen: { id: "p-available", systemPresence: "AVAILABLE" } },
	});
	expect([presence.current()?.id, presence.next.value?.id]).toEqual(["p-queue", "p-available"]);
	presence.take({ presence: presenceOf("p-available") });
	expect([presence.current()?.id, presence.next.value]).toEqual(["p-available", undefined]);
});
