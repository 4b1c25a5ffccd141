import { describe, expect, it } from "vitest";
import { memoryStorage } from "../boot/storage.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keepIdentity, leaveIdentity, takeIdentity } from "./identity.ts";
import { Lead } from "./lead.ts";
import { FakeDeskApi } from "./test-support/fake-desk-api.ts";

function panels() {
	const api = new FakeDeskApi();
	const clock = new FakeClock();
	const [one, two] = ["panel-one", "panel-two"].map((id) => new Lead(api, id, clock)) as [Lead, Lead];
	const where = () => [one.state.value, two.state.value];
	return { api, clock, one, two, where };
}

describe("which panel has the sound", () => {
	it("two tabs both rang: the first leads, the other says where the sound is", async () => {
		const { api, one, two, where } = panels();
		one.presume((await api.read()).leader);
		await one.connected("c1");
		two.presume((await api.read()).leader);
		await two.connected("c2");
		expect(where()).toEqual(["here", "elsewhere"]);
	});

	it("two that were opened at the same moment agree as soon as the server has answered", async () => {
		const { one, two, where } = panels();
		for (const each of [one, two]) each.presume(undefined);
		expect([where(), one.firm]).toEqual([["here", "here"], false]);
		await Promise.all([one.connected("c1"), two.connected("c2")]);
		expect([where(), one.firm]).toEqual([["here", "elsewhere"], true]);
	});

	it("a click takes over, and a notice of the time before changes nothing any more", async () => {
		const { api, one, two, where } = panels();
		await one.connected("c1");
		const before = { panelId: "panel-one", since: "2000-01-01T00:00:00.000Z" };
		await two.connected("c2");
		await two.takeOver();
		one.told(api.leader ?? null);
		two.told(before);
		expect(where()).toEqual(["elsewhere", "here"]);
	});

	it("two panels rang: an answer that was slower than the news of a take-over undid it", async () => {
		const { api, one, two, where } = panels();
		const slow = Promise.withResolvers<void>();
		const answer = { panelId: "panel-one", since: "2000-01-01T00:00:00.000Z" };
		api.lead = async () => slow.promise.then(() => answer);
		const asking = one.connected("c1");
		for (const each of [one, two]) each.told({ panelId: "panel-two", since: "2000-01-01T00:00:01.000Z" });
		slow.resolve();
		await asking;
		expect(where()).toEqual(["elsewhere", "here"]);
	});

	it("the leader's end hands over by itself", async () => {
		const { api, one, two, where } = panels();
		await one.connected("c1");
		await two.connected("c2");
		one.stop();
		await api.leave("panel-one");
		two.told(null);
		await expect.poll(where).toEqual(["here", "here"]);
		expect(two.firm).toBe(true);
	});

	it("is asked again while the server does not answer, and not where it never will", async () => {
		const { api, clock, one, two } = panels();
		api.fails = 503;
		await one.connected("c1");
		api.fails = undefined;
		clock.advance(1_000);
		await expect.poll(() => one.firm).toBe(true);
		api.fails = 403;
		await two.connected("c2");
		expect(two.state.value).toBe("here");
	});
});

describe("who a panel is", () => {
	it("stays over a reload; a page that is loaded anew is another page", () => {
		const store = memoryStorage();
		const before = takeIdentity(store);
		leaveIdentity(store, before);
		const after = takeIdentity(store);
		expect(after.panelId).toBe(before.panelId);
		expect(after.pageId).not.toBe(before.pageId);
	});

	it("a duplicated tab was taken for the same panel, so both rang", () => {
		const store = memoryStorage();
		const first = takeIdentity(store);
		expect(takeIdentity(store).panelId).not.toBe(first.panelId);
		leaveIdentity(store, first);
		keepIdentity(store);
		expect(takeIdentity(store).panelId).not.toBe(first.panelId);
	});
});
