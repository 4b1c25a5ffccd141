import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { OwnerVoicemail } from "./owner-model.ts";

it("a queue's mailbox was sent what groups have, a group's what queues have; a greeting that was uploaded did not show", async () => {
	const queue = "/api/inlay/v1/voicemail/queues/q1";
	const group = "/api/v2/voicemail/groups/g1/policy";
	let greeting: object = { kind: "standard" };
	const api = new FakeApi()
		.on(`GET ${queue}/policy`, { enabled: false, whenUnstaffed: false })
		.on(`PUT ${queue}/policy`, { enabled: true, whenUnstaffed: true })
		.on(`GET ${group}`, { enabled: true, inlayRing: "together", rotateCallsSecs: 20 })
		.on(`PATCH ${group}`, { enabled: true, inlayRing: "inTurn", rotateCallsSecs: 15 })
		.on(`GET ${queue}/greeting`, () => greeting)
		.on(`DELETE ${queue}/greeting`, {});
	const ofQueue = new OwnerVoicemail(api, "queue", "q1", () => undefined);
	await Promise.all([ofQueue.loaded.load(), ofQueue.greeting.load()]);
	ofQueue.details.change({ enabled: true, whenUnstaffed: true });
	expect(await ofQueue.save()).toBe(true);
	const ofGroup = new OwnerVoicemail(api, "group", "g1", () => undefined);
	await ofGroup.loaded.load();
	ofGroup.details.change({ ring: "inTurn", rotateSeconds: "4" });
	expect(await ofGroup.save()).toBe(false);
	ofGroup.details.change({ rotateSeconds: "15" });
	expect(await ofGroup.save()).toBe(true);
	expect(api.asked.filter(({ what }) => !what.startsWith("GET")).map(({ body }) => body)).toEqual([
		{ enabled: true, whenUnstaffed: true },
		{ enabled: true, inlayRing: "inTurn", rotateCallsSecs: 15 },
	]);
	greeting = { kind: "recorded" };
	expect(await ofQueue.reset()).toBe(true);
	expect(ofQueue.greeting.value).toEqual({ kind: "recorded" });
});
