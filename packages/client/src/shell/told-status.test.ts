import { effect } from "@preact/signals";
import { expect, it } from "vitest";
import { greet } from "../boot/greeting.ts";
import type { ApiClient } from "../session/api.ts";
import { PresenceStore } from "../session/presence-store.ts";
import type { WirePresence } from "../session/wire.ts";
import { toldStatus } from "./told-status.ts";

const entities = [
	{ id: "p-available", systemPresence: "Available", primary: true },
	{ id: "p-offline", systemPresence: "Offline", primary: true },
	{ id: "p-coffee", systemPresence: "Break", primary: false, languageLabels: { en_US: "Coffee" } },
];
const presenceOf = (id: string) =>
	({
		presenceDefinition: { id, systemPresence: entities.find((one) => one.id === id)?.systemPresence },
	}) as WirePresence;

function agent(before: string, patch: (id: string) => Promise<WirePresence> = async (id) => presenceOf(id)) {
	const api = {
		get: async () => ({ entities }),
		patch: (_path: string, body: { presenceDefinition: { id: string } }) => patch(body.presenceDefinition.id),
	} as unknown as ApiClient;
	const presence = new PresenceStore(api, "me");
	presence.take({ presence: presenceOf(before) });
	const told: unknown[] = [];
	const listen = () =>
		effect(() => {
			const status = toldStatus(presence);
			if (status) told.push(status);
		});
	return { presence, told, listen };
}

it("a script heard OFFLINE before a fresh sign-in, and its status twice: first without its id", async () => {
	const { presence, told, listen } = agent("p-offline");
	greet(presence);
	listen();
	await presence.load();
	await expect.poll(() => told).toEqual([{ status: "AVAILABLE", sub_status: "", id: "p-available" }]);
});

it("who reloads the panel while offline is told so, once", async () => {
	const { presence, told, listen } = agent("p-offline");
	listen();
	await presence.load();
	expect(told).toEqual([{ status: "OFFLINE", sub_status: "", id: "p-offline" }]);
});

it("a greeting that the server refuses keeps nobody in the dark", async () => {
	const { presence, told, listen } = agent("p-offline", () => Promise.reject(new Error("no")));
	greet(presence);
	listen();
	await presence.load();
	await expect.poll(() => told).toEqual([{ status: "OFFLINE", sub_status: "", id: "p-offline" }]);
});

it("the organization's own status comes with its label", async () => {
	const { presence, told, listen } = agent("p-coffee");
	listen();
	await presence.load();
	expect(told).toEqual([{ status: "BREAK", sub_status: "Coffee", id: "p-coffee" }]);
});
