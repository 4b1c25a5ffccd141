import { expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { GreetingModel } from "./greeting-model.ts";
import { addressOf, isHeard, ownerOf } from "./greetings-model.ts";

const path = "/api/inlay/v1/voicemail/queues/q1/greeting";
const standard = { type: "queue", id: "q1", name: "Support", kind: "standard" } as const;
const wav = new Blob(["a"], { type: "audio/wav" });

async function open(api: FakeApi) {
	const model = new GreetingModel(api, "queue", "q1", async (file) => btoa(await file.text()));
	await model.loaded.load();
	return model;
}

it("a chosen file was what callers heard at once, before anybody had listened to it: it is saved when told to", async () => {
	const api = new FakeApi().on(`GET ${path}`, standard).on(`PUT ${path}`, standard);
	const model = await open(api);
	expect(await model.save(), "nothing was chosen").toBe(false);
	model.choose(wav);
	expect(model.isUnsaved.value).toBe(true);
	model.discard();
	expect([model.isUnsaved.value, await model.save()]).toEqual([false, false]);
	expect(api.asked.map(({ what }) => what)).toEqual([`GET ${path}`]);
	model.choose(wav);
	expect(await model.save()).toBe(true);
	expect(api.asked.slice(1)).toMatchObject([{ what: `PUT ${path}`, body: { audio: "YQ==" } }, { what: `GET ${path}` }]);
	expect(model.isUnsaved.value).toBe(false);
});

it("the standard greeting comes back with the save, and what is refused stays to be saved again", async () => {
	const api = new FakeApi().on(`GET ${path}`, standard).on(`DELETE ${path}`, () => {
		throw refuse(503, "unavailable");
	});
	const model = await open(api);
	model.chooseStandard();
	expect(await model.save()).toBe(false);
	expect([model.draft.value?.kind, model.saving.error.value?.status]).toEqual(["standard", 503]);
	api.on(`DELETE ${path}`, undefined);
	expect(await model.save()).toBe(true);
	expect(model.draft.value).toBeUndefined();
});

it("another one that was chosen while the first was saved was lost with it", async () => {
	const api = new FakeApi().on(`GET ${path}`, standard);
	const model = await open(api);
	api.on(`PUT ${path}`, () => {
		model.chooseStandard();
		return standard;
	});
	model.choose(wav);
	expect(await model.save()).toBe(true);
	expect(model.draft.value?.kind).toBe("standard");
});

it("a greeting has an address of its own, and is heard where its mailbox takes messages", () => {
	const greeting = { ...standard, takesMessages: true, takesOverflow: false, mailboxesAnswer: true };
	expect(ownerOf(addressOf(greeting))).toEqual({ type: "queue", id: "q1" });
	expect([ownerOf("queue-"), ownerOf("user-1"), ownerOf("new")]).toEqual([undefined, undefined, undefined]);
	expect(isHeard(greeting)).toBe(true);
	expect(isHeard({ ...greeting, mailboxesAnswer: false })).toBe(false);
	expect(isHeard({ ...greeting, takesMessages: false })).toBe(false);
	expect(isHeard({ ...greeting, takesMessages: false, takesOverflow: true })).toBe(true);
});
