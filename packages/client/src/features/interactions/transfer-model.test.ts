import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { memoryStorage } from "../../boot/storage.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { Numbers } from "../../shell/numbers.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { TransferModel } from "./transfer-model.ts";

it("a typed number was told as “Transferred to +13175551200.” and not as its reader writes it", async () => {
	const numbers = new Numbers("US");
	await numbers.load();
	const sent: unknown[] = [];
	const workspace = {
		numbers,
		storage: memoryStorage(),
		can: () => true,
		config: signal({ settings: { searchTargets: [] } }),
		session: { me: { id: "anna" }, actions: { transfer: async (_call: unknown, to: unknown) => void sent.push(to) } },
		attempt: async (_key: string, work: () => Promise<void>) => work().then(() => true),
	} as unknown as Workspace;
	const call = { id: "c1", participantId: "p1", remoteAddress: "", source: { id: "c1" } } as LiveInteraction;
	const model = new TransferModel(workspace, call);
	model.input("+13175551200");
	expect(await model.transfer()).toBe("(317) 555-1200");
	expect(sent).toEqual([{ address: "+13175551200" }]);

	// 911 went to the server like any other number.
	for (const emergency of ["911", "112", "tel:911"]) {
		model.input(emergency);
		expect(model.problem.value, emergency).toMatch(/emergency number/);
		expect(model.to.value, emergency).toBeUndefined();
	}
});

it("the agent's own number was taken as whom to hand the call over to", async () => {
	const numbers = new Numbers("US");
	await numbers.load();
	const addresses = [
		{ mediaType: "EMAIL", address: "anna@example.com" },
		{ mediaType: "PHONE", address: "317-555-0177" },
		{ mediaType: "PHONE", address: "+13175550100", extension: "12" },
	];
	const workspace = {
		numbers,
		storage: memoryStorage(),
		can: () => true,
		config: signal({ settings: { searchTargets: [] } }),
		session: { me: { id: "anna", addresses } },
	} as unknown as Workspace;
	const call = { id: "c1", participantId: "p1", remoteAddress: "", source: { id: "c1" } } as LiveInteraction;
	const model = new TransferModel(workspace, call);
	model.input("+1 (317) 555-0177");
	expect([model.problem.value, model.to.value]).toEqual(["That is your own number.", undefined]);
	model.choose({ kind: "contact", name: "Anna", number: "+13175550177", label: "", attributes: {} });
	expect([model.problem.value, model.to.value]).toEqual(["That is your own number.", undefined]);
	model.choose(undefined);
	for (const others of ["+13175550178", "+13175550100", "+13175550177,,12"]) {
		model.input(others);
		expect([model.problem.value, model.to.value !== undefined], others).toEqual([undefined, true]);
	}
});

it("CT-7 who may consult queues only was offered people and a blind transfer", () => {
	const held = ["conversation:communication:consultTransferQueue"];
	const workspace = {
		numbers: new Numbers("US"),
		can: (permission: string) => held.includes(permission),
		config: signal({ settings: { searchTargets: [] } }),
	} as unknown as Workspace;
	const call = { id: "c1", participantId: "p1", media: "call", remoteAddress: "", source: { id: "c1" } };
	const model = new TransferModel(workspace, call as LiveInteraction);
	expect(model.offered).toEqual(["consult"]);
	expect(["people", "queues", "externalContacts"].map((each) => model.may(each as "people"))).toEqual([
		false,
		true,
		false,
	]);
	model.choose({ kind: "queue", id: "q1", name: "Support" });
	expect([model.mayDo("blind"), model.mayDo("consult"), model.mayDo("add")]).toEqual([false, true, false]);
	expect(new TransferModel(workspace, { ...call, media: "email" } as LiveInteraction).offered).toEqual([]);
});

it("who looked among queues last, and handed to Support, finds both again; whom they may not reach is not offered", async () => {
	const storage = memoryStorage();
	const held = new Set(["Agent", "Queue"].map((kind) => `conversation:communication:blindTransfer${kind}`));
	const workspace = {
		numbers: new Numbers("US"),
		storage,
		can: (permission: string) => held.has(permission),
		config: signal({ settings: { searchTargets: [] } }),
		session: { me: { id: "anna" }, queues: { mine: signal([]) }, actions: { transfer: async () => {} } },
		ui: { queues: () => [] },
		attempt: async (_key: string, work: () => Promise<void>) => work().then(() => true),
	} as unknown as Workspace;
	const call = { id: "c1", participantId: "p1", media: "call", remoteAddress: "", source: { id: "c1" } };
	const model = new TransferModel(workspace, call as LiveInteraction);
	expect(model.recent).toEqual([]);
	model.choose({ kind: "queue", id: "q1", name: "Support" });
	expect(await model.transfer()).toBe("Support");
	model.lookAmong("queues");
	const again = new TransferModel(workspace, call as LiveInteraction);
	expect([again.among.value, again.recent.map((one) => one.name)]).toEqual(["queues", ["Support"]]);
	again.lookAmong("people");
	expect(again.recent).toEqual([]);
	held.delete("conversation:communication:blindTransferQueue");
	expect(new TransferModel(workspace, call as LiveInteraction).recent).toEqual([]);
});

it("a transfer of an email offered a contact's phone number, and said of a typed one that calls may not go there", async () => {
	const numbers = new Numbers("US");
	await numbers.load();
	const workspace = {
		numbers,
		can: () => true,
		config: signal({ settings: { searchTargets: ["frameworkContacts", "externalContacts"] } }),
		storage: memoryStorage(),
		session: { me: { id: "anna" }, clock: { after: () => () => {} } },
	} as unknown as Workspace;
	const call = { id: "c1", participantId: "p1", remoteAddress: "c@example.com", source: { id: "c1" } };
	const ofMedium = (media: string) => new TransferModel(workspace, { ...call, media } as LiveInteraction);
	expect([ofMedium("call").search.offers, ofMedium("email").search.offers]).toEqual([true, false]);
	for (const media of ["email", "message"]) {
		const model = ofMedium(media);
		model.input("317 555 0123");
		expect(model.problem.value).toBe("What is in writing goes to a colleague or a queue, not to a number.");
		expect(model.mayDo("blind")).toBe(false);
	}
});
