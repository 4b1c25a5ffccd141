import type { Dialog } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
	answer,
	enterPanel,
	fake,
	newPage,
	page,
	phonesAre,
	requests,
	signInHere,
	testPanel,
} from "../test-support/panel-page.ts";

/** Pops and logs of every page that was loaded, kept by the test. */
const script = `window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true } },
	initialSetup() {},
	screenPop(text) { told("pop", text); },
	processCallLog(log, interaction, event, done) { told("log", log.id ?? null); setTimeout(() => done({ id: "crm-1" }), 20); },
};`;

let effects: [what: string, detail: unknown][];
testPanel({ script });
beforeEach(() => {
	effects = [];
});

async function open(before?: string): Promise<void> {
	await newPage({}, before);
	await page.context().exposeFunction("told", (what: string, detail: unknown) => void effects.push([what, detail]));
	await enterPanel();
	await phonesAre(1);
}

const notes = () => page.locator("form.wrapup").getByLabel("Notes");

describe("what was typed", () => {
	it("was lost with the connection: it is kept, said, and sent when that is back", async () => {
		await open();
		const id = await answer();
		await notes().fill("before the tunnel");
		await expect.poll(() => fake.desk.value(id)?.notes).toBe("before the tunnel");
		fake.desk.isAway = true;
		await notes().fill("before the tunnel, and in it");
		await page.waitForSelector("[data-unsent]");
		fake.desk.isAway = false;
		await page.waitForSelector("[data-unsent]", { state: "detached" });
		expect(fake.desk.value(id)?.notes).toBe("before the tunnel, and in it");
	});

	it("just before a reload was lost: it is sent as the page goes", async () => {
		await open();
		const id = await answer();
		await notes().fill("the last word");
		await page.reload();
		await expect.poll(() => fake.desk.value(id)?.notes).toBe("the last word");
		await expect.poll(() => notes().inputValue()).toBe("the last word");
	});

	it("in another window at the same time was overwritten in silence", async () => {
		await open();
		const id = await answer();
		await expect.poll(() => fake.desk.value(id)?.id).toBe("crm-1");
		await notes().pressSequentially("mine");
		fake.desk.write(id, "log", { ...fake.desk.value(id), notes: "theirs", revision: 9 });
		await page.getByText("Both are kept").waitFor();
		expect(await notes().inputValue()).toBe("theirs\nmine");
		await expect.poll(() => fake.desk.value(id)?.notes).toBe("theirs\nmine");
	});
});

describe("a frame without any storage", () => {
	const blocked = `for (const kind of ["sessionStorage", "localStorage"]) {
		Object.defineProperty(window, kind, { get() { throw new DOMException("blocked", "SecurityError"); } });
	}`;

	it("popped and logged again after a reload, with id null and without the notes", async () => {
		await open(blocked);
		const id = await answer();
		await expect.poll(() => fake.desk.value(id)?.id).toBe("crm-1");
		await page.locator('select[name="wrapupCode"]').selectOption("w2");
		await notes().fill("Wants tea");
		await expect
			.poll(() => fake.desk.value(id))
			.toMatchObject({ notes: "Wants tea", wrapupCode: "w2", savedRevision: 2 });
		const before = effects.length;
		await page.reload();
		await signInHere();
		await expect.poll(() => notes().inputValue()).toBe("Wants tea");
		expect(await page.locator('select[name="wrapupCode"]').inputValue()).toBe("w2");
		await notes().fill("Wants tea, no milk");
		await expect.poll(() => effects.length).toBeGreaterThan(before);
		expect(effects.slice(before)).toEqual([["log", "crm-1"]]);
		expect(effects.filter(([what]) => what === "pop")).toHaveLength(1);
	});
});

describe("another window that has the sound", () => {
	it("is named, this one neither rings nor pops, and a click takes over", async () => {
		await open();
		fake.desk.lead("another-panel");
		await page.waitForSelector("[data-elsewhere]");
		await phonesAre(0);
		const id = fake.calls.ring();
		await page.waitForSelector(`[data-interaction="${id}"]`);
		await page.click("[data-take-over]");
		await phonesAre(1);
		await expect.poll(() => effects).toEqual([["pop", "+4930123456"]]);
		expect(await page.locator("[data-elsewhere]").count()).toBe(0);
	});

	it("answering here took the sound there: it comes along", async () => {
		await open();
		fake.desk.lead("another-panel");
		await page.waitForSelector("[data-elsewhere]");
		const id = fake.calls.ring();
		await page.click(`[data-interaction="${id}"] [data-call-control="pickup"]`);
		await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="hold"]`);
		await phonesAre(1);
		expect(await page.locator("[data-elsewhere]").count()).toBe(0);
	});
});

describe("leaving with somebody on the line", () => {
	const wantToSignOut = async () => {
		await page.click(".header-menu button");
		await page.getByRole("menuitem", { name: "Sign out" }).click();
	};

	it("left the customer in silence: the agent is asked, and may give the call back to its queue", async () => {
		await open();
		const id = await answer();
		await wantToSignOut();
		await page.waitForSelector("[data-leaving]");
		await page.click('[data-leave="stay"]');
		expect(requests("/tokens/me")).toEqual([]);
		await wantToSignOut();
		await page.click('[data-leave="giveBack"]');
		await page.getByText("You are signed out").waitFor();
		expect(requests("/replace/queue").map(({ body }) => body)).toEqual([{ queueId: "q1" }]);
		expect(requests(id).some(({ body }) => (body as { state?: string })?.state === "disconnected")).toBe(false);
		expect(requests("/tokens/me")).toHaveLength(1);
		expect(fake.desk.leader).toBeUndefined();
	});

	it("or ends it; what the server refuses keeps the agent there and is said", async () => {
		await open();
		const id = await answer();
		fake.state.transferRefused = "The queue is closed.";
		await wantToSignOut();
		await page.click('[data-leave="giveBack"]');
		await page.getByRole("alert").getByText("The queue is closed.").waitFor();
		await page.click('[data-leave="end"]');
		await page.getByText("You are signed out").waitFor();
		expect(requests(id).at(-1)?.body).toEqual({ state: "disconnected" });
	});

	it("signing out in a second tab took the call away from the first, and said nothing of an email", async () => {
		await open();
		const id = await answer();
		fake.desk.lead("another-panel");
		await page.waitForSelector("[data-elsewhere]");
		await wantToSignOut();
		await page.waitForSelector("[data-goes-on]");
		expect(await page.locator('[data-leave="end"], [data-leave="giveBack"]').count()).toBe(0);
		await page.click('[data-leave="here"]');
		await page.getByText("You are signed out").waitFor();
		expect(requests("/replace/queue")).toEqual([]);
		expect(requests(id).some(({ body }) => (body as { state?: string })?.state === "disconnected")).toBe(false);
	});

	it("by closing the page ended the call without a question; without a call nobody is asked", async () => {
		await open();
		const asked: string[] = [];
		page.on("dialog", (dialog: Dialog) => {
			asked.push(dialog.type());
			void dialog.dismiss();
		});
		await answer();
		await page.close({ runBeforeUnload: true });
		await expect.poll(() => asked).toEqual(["beforeunload"]);
		expect(page.isClosed()).toBe(false);
		await page.click('[data-call-control="disconnect"]');
		await page.waitForSelector('[data-call-control="disconnect"]', { state: "detached" });
		const closed = page.waitForEvent("close");
		await page.close({ runBeforeUnload: true });
		await closed;
		expect(asked).toHaveLength(1);
	});
});
