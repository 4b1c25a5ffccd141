import { describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { DeskEntries } from "./desk-entries.ts";
import { type Merged, mergeText } from "./merge-text.ts";
import { FakeDeskApi } from "./test-support/fake-desk-api.ts";

const section = "log";
const merge = (_section: string, base: unknown, mine: unknown, theirs: unknown): Merged<unknown> =>
	mergeText((base as string | undefined) ?? "", mine as string, theirs as string);

function panel(pageId: string, api = new FakeDeskApi()) {
	const clock = new FakeClock();
	const heard: [value: unknown, clash: boolean][] = [];
	const refused: string[] = [];
	const entries = new DeskEntries({
		api,
		clock,
		random: () => 0,
		pageId,
		merge,
		isTyped: (_section, _base, value) => value !== "popped",
		isPromise: (_section, _base, value) => value === "crm-1",
		changed: (_id, _section, value, clash) => heard.push([value, clash]),
		refused: (why) => refused.push(why),
	});
	/** Lets time and answers come, until everything is at rest. */
	const pass = async (ms: number) => {
		for (let passed = 0; passed < ms; passed += 100) {
			clock.advance(100);
			for (let turn = 0; turn < 10; turn++) await Promise.resolve();
		}
	};
	const type = (text: string) => entries.write("c1", section, text);
	const kept = () => api.entries.get(`c1 ${section}`);
	const hear = () => {
		const view = kept();
		if (view) entries.take(structuredClone(view));
	};
	return { api, entries, heard, refused, pass, type, kept, hear, text: () => entries.get("c1", section) };
}

describe("what is typed", () => {
	it("is with the server two seconds after the last key, and in between while somebody never pauses", async () => {
		const { type, pass, kept, api } = panel("page-one");
		for (let key = 1; key <= 40; key++) {
			type("x".repeat(key));
			await pass(100);
		}
		expect(api.written.length).toBeGreaterThanOrEqual(2);
		await pass(1_900);
		expect(kept()?.value).toBe("x".repeat(40));
		expect(api.written.length).toBeLessThan(10);
	});

	it("waited for a pause with the CRM's id too, which was gone with page and server", async () => {
		const { type, pass, kept } = panel("page-one");
		type("crm-1");
		await pass(100);
		expect(kept()?.value).toBe("crm-1");
	});

	it("was forgotten first though it was the newest: what is read is told as it happened", () => {
		const { entries, heard } = panel("page-one");
		const view = (conversationId: string) => ({
			...{ conversationId, section, version: 1, value: conversationId, panelId: "page-two" },
			dateModified: "2026-01-05T09:00:00Z",
		});
		entries.takeAll([view("newest"), view("oldest")]);
		expect(heard.map(([value]) => value)).toEqual(["oldest", "newest"]);
		expect(entries.all(section).map(({ value }) => value)).toEqual(["oldest", "newest"]);
	});

	it("that a page before had not sent was told first, and so forgotten as the oldest", () => {
		const { entries, heard } = panel("page-two");
		entries.resume({
			pageId: "page-one",
			entries: [{ conversationId: "c1", section, version: 0, base: undefined, value: "mine" }],
		});
		const old = { conversationId: "c0", section, version: 1, value: "old", panelId: "page-zero" };
		entries.takeAll([{ ...old, dateModified: "2026-01-05T09:00:00Z" }]);
		expect(heard.map(([value]) => value).slice(-2)).toEqual(["old", "mine"]);
	});

	it("in two tabs that were closed while the server was away was lost in one of them", async () => {
		const { entries, pass, text, kept } = panel("page-three");
		const left = { conversationId: "c1", section, version: 0, base: undefined };
		entries.resume({ pageId: "page-one", entries: [{ ...left, value: "Wants a refund" }] });
		entries.resume({ pageId: "page-two", entries: [{ ...left, value: "Wants a refund, and a call" }] });
		await pass(900);
		expect([text(), kept()?.value]).toEqual(["Wants a refund, and a call", "Wants a refund, and a call"]);
	});

	it("was sent again and again where the notice, with its keys in the server's order, came before the answer", async () => {
		const { entries, api, pass, kept } = panel("page-one");
		entries.write("c1", section, { notes: "x", id: "crm" });
		await pass(900);
		entries.write("c1", section, { notes: "y", id: "crm" });
		const first = kept();
		if (first) entries.take({ ...first, version: first.version + 1, value: { id: "crm", notes: "y" } });
		const sent = api.written.length;
		await pass(5_000);
		expect(api.written.length).toBe(sent);
	});

	it("was said to be kept where nothing had been typed, such as beside a call that failed", async () => {
		const { entries, api, type, pass } = panel("page-one");
		api.fails = 0;
		type("popped");
		await pass(3_000);
		expect(entries.unsent.value).toBe(false);
		type("typed");
		await pass(3_000);
		expect(entries.unsent.value).toBe(true);
	});

	it("was lost while the connection was away: it is kept, said, and sent when it is back", async () => {
		const { entries, api, type, pass, kept } = panel("page-one");
		api.fails = 0;
		type("typed in the tunnel");
		await pass(3_000);
		type("typed in the tunnel, twice");
		await pass(1_000);
		expect(entries.unsent.value).toBe(true);
		api.fails = undefined;
		entries.retry();
		await pass(500);
		expect(entries.unsent.value).toBe(false);
		expect(kept()?.value).toBe("typed in the tunnel, twice");
	});

	it("is sent as the page goes, and what did not arrive is taken up by the next", async () => {
		const before = panel("page-one");
		before.type("first");
		await before.pass(900);
		before.api.fails = 0;
		before.type("first and more");
		const left = before.entries.flush();
		expect(left).toMatchObject([{ version: 1, base: "first", value: "first and more" }]);
		before.api.fails = undefined;
		const after = panel("page-two", before.api);
		after.entries.resume({ pageId: "page-one", entries: left });
		after.hear();
		await after.pass(900);
		expect(after.kept()?.value).toBe("first and more");
	});

	it("was lost by signing out at once, while something older was on its way", async () => {
		const { entries, type, kept } = panel("page-one");
		type("Hel");
		const older = entries.settle();
		type("Hello");
		await entries.settle();
		await older;
		expect(kept()?.value).toBe("Hello");
	});

	it("stood there twice after an answer that was lost", async () => {
		const { api, type, pass, kept, heard } = panel("page-one");
		api.losesAnswer = true;
		type("Hel");
		await pass(900);
		api.losesAnswer = false;
		type("Hello");
		await pass(2_000);
		expect(kept()?.value).toBe("Hello");
		expect(heard).toEqual([]);
	});

	it("that the server refuses is not tried for ever, and the agent is told", async () => {
		const { api, entries, type, pass, refused } = panel("page-one");
		api.fails = 400;
		type("far too long");
		await pass(5_000);
		expect([refused, entries.unsent.value]).toEqual([["tooLong"], false]);
	});
});

describe("two panels of one agent", () => {
	it("show the same", async () => {
		const one = panel("page-one");
		const two = panel("page-two", one.api);
		one.type("Likes tea");
		await one.pass(900);
		two.hear();
		expect([two.text(), two.heard]).toEqual(["Likes tea", [["Likes tea", false]]]);
	});

	it("overwrote each other's notes in silence: both are kept, and it is said", async () => {
		const one = panel("page-one");
		const two = panel("page-two", one.api);
		one.type("Ada. ");
		await one.pass(900);
		two.hear();
		one.type("Ada. Wants tea");
		two.type("Ada. Is angry");
		await one.pass(900);
		await two.pass(2_000);
		one.hear();
		expect([one.text(), two.text()]).toEqual(["Ada. Wants tea\nIs angry", "Ada. Wants tea\nIs angry"]);
		expect(two.heard.at(-1)).toEqual(["Ada. Wants tea\nIs angry", true]);
	});

	it("a notice that comes before the answer to one's own writing changes nothing that was typed since", async () => {
		const { type, pass, hear, text, kept } = panel("page-one");
		type("Hel");
		await pass(900);
		type("Hello");
		hear();
		expect(text()).toBe("Hello");
		await pass(900);
		expect(kept()?.value).toBe("Hello");
	});
});
