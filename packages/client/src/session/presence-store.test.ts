import { describe, expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { normalPresence, PresenceStore } from "./presence-store.ts";

describe("presence names", () => {
	it.each(["On Queue", "OnQueue", "ON_QUEUE", "on_queue", "onqueue", "on-queue"])("%s means ON_QUEUE", (name) => {
		expect(normalPresence(name)).toBe("ON_QUEUE");
	});

	it.each([
		["Available", "AVAILABLE"],
		["Out of Office", "OUT_OF_OFFICE"],
		["OutOfOffice", "OUT_OF_OFFICE"],
		[undefined, ""],
	])("%s means %s", (name, normal) => expect(normalPresence(name)).toBe(normal));
});

describe("choices", () => {
	const entities = [
		{ id: "coffee", systemPresence: "Break", primary: false, languageLabels: { en_US: "Coffee", de: "Kaffee" } },
		{ id: "break", systemPresence: "Break", primary: true, name: "Break" },
		{ id: "gone", systemPresence: "Away", deactivated: true },
	];
	const loaded = async () => {
		const store = new PresenceStore({ get: async () => ({ entities }) } as unknown as ApiClient, "me");
		await store.load();
		return store;
	};

	it("finds by id, and by the system's name in any spelling", async () => {
		const store = await loaded();
		expect(store.find("coffee")?.id).toBe("coffee");
		expect(store.find("BREAK")?.id).toBe("break");
		expect(store.find("Away")).toBeUndefined();
	});

	it("labels the organization's own statuses in the agent's language", async () => {
		const store = await loaded();
		expect(store.find("coffee")?.label("de-AT")).toBe("Kaffee");
		expect(store.find("coffee")?.label("fr")).toBe("Coffee");
	});
});
