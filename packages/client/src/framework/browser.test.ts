import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../../../scripts/testing/chromium.ts";
import { FOREIGN_SCRIPTS } from "./test-support/foreign-scripts.ts";
import type { TestPanel } from "./test-support/panel-entry.ts";
import type { TwoOrigins } from "./test-support/two-origins.ts";
import { serveTwoOrigins } from "./test-support/two-origins.ts";

interface Received {
	type?: string;
	data?: Record<string, unknown>;
	[key: string]: unknown;
}

declare global {
	interface Window {
		panel: TestPanel;
		received: Received[];
		errors: string[];
		send(type: string, data: unknown): void;
	}
}

const sample = readFileSync(new URL(import.meta.resolve("@inlay/framework/sample/framework.js")), "utf8");

/** Waits for what crosses processes; a loaded machine may take its time. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

describe("scripts and pages of others, in a browser, over two origins", { timeout: 60_000 }, () => {
	let browser: Browser;
	let origins: TwoOrigins;

	beforeAll(async () => {
		origins = await serveTwoOrigins({ ...FOREIGN_SCRIPTS, sample });
		browser = await launchChromium();
	}, 60_000);

	afterAll(async () => {
		await browser?.close();
		await origins?.close();
	});

	async function open(script: string, contactSearchMs = 50) {
		const page = await browser.newPage();
		await page.goto(origins.hostPage(script, contactSearchMs));
		const frame = page.frames().find((each) => each.url().startsWith(origins.panelOrigin));
		if (frame === undefined) throw new Error("The page embeds no panel");
		await frame.waitForFunction(() => window.panel !== undefined);
		const received = (type: string) =>
			page.evaluate((wanted) => window.received.filter((each) => each.type === wanted).map((each) => each.data), type);
		return {
			page,
			frame,
			received,
			signIn: () => frame.evaluate(() => window.panel.runtime.signedIn(window.panel.agentId, window.panel.desk)),
		};
	}

	type Frame = Awaited<ReturnType<typeof open>>["frame"];

	const call = (frame: Frame, id: string, state: string) =>
		frame.evaluate(
			([conversation, now]) =>
				window.panel.runtime.conversationsChanged([window.panel.inboundCall(conversation ?? "", now ?? "")]),
			[id, state],
		);

	const errorsOf = (page: Page) => page.evaluate(() => window.errors);

	it("runs an ES5 script that leaks a global and trips over the documentation's mistake", async () => {
		const { page, frame, received, signIn } = await open("es5");
		const config = await frame.evaluate(async () => {
			await window.panel.started;
			return JSON.parse(JSON.stringify(window.panel.runtime.config));
		});
		expect(config.clientIds).toEqual({ "euw2.pure.cloud": "abc-123" });
		expect(config.settings.searchTargets).toEqual(["people", "queues", "frameworkContacts", "externalContacts"]);
		expect(config.settings.theme).toMatchObject({ text: "#FFF" });
		await signIn();
		await call(frame, "c1", "alerting");
		await call(frame, "c1", "connected");
		await eventually(() => received("leaked")).toEqual([origins.hostOrigin]);
		await expect
			.poll(() => received("screenPop"))
			.toMatchObject([
				{ searchString: "+493012345", interactionId: { id: "c1", state: "ALERTING", direction: "Inbound" } },
			]);
		await expect
			.poll(() => received("processCallLog"))
			.toMatchObject([{ eventName: "interactionChanged", interactionId: { id: "c1" } }]);
		await page.evaluate(() => window.send("updateInteractionState", { action: "hold", id: "c1" }));
		await page.evaluate(() => window.send("addAttribute", { interactionId: "c1", attributes: { PEF_Priority: 1 } }));
		await expect
			.poll(() => frame.evaluate(() => window.panel.ports.done))
			.toEqual([
				["control", { action: "hold", interactionId: "c1" }],
				["setAttributes", { interactionId: "c1", attributes: { PEF_Priority: "1" } }],
			]);
		await eventually(() => received("processCallLog")).toHaveLength(2);
		expect((await received("processCallLog"))[1]).toMatchObject({ callLog: { attributes: { pef_priority: "1" } } });
		expect(await frame.evaluate(() => window.panel.ports.of("setLanguage"))).toEqual(["ja"]);
		expect(await errorsOf(page)).toEqual([]);
		await page.close();
	});

	it("answers a contact search through the page, and times out when the page is silent", async () => {
		const silent = await open("es5");
		await silent.frame.evaluate(() => window.panel.started);
		const nothing = await silent.frame.evaluate(() => window.panel.runtime.searchContacts("nobody"));
		expect(nothing).toEqual({ status: "timeout", results: [] });
		await silent.page.close();
		const { page, frame, received } = await open("es5", 20_000);
		await frame.evaluate(() => window.panel.started);
		await page.evaluate(() =>
			window.addEventListener("message", (event) => {
				const message = JSON.parse(event.data) as { type: string };
				const contacts = [
					{
						type: "external",
						name: "Ada",
						phone: [{ number: "(317) 222-2222", label: "Cell" }],
						attributes: { id: 7 },
					},
					{ type: "external", name: "", phone: [{ number: "" }] },
				];
				if (message.type === "contactSearch") window.send("sendContactSearch", contacts);
			}),
		);
		const found = await frame.evaluate(() => window.panel.runtime.searchContacts("Ada"));
		expect(found.results).toEqual([
			{ type: "external", name: "Ada", phone: [{ number: "(317) 222-2222", label: "Cell" }], attributes: { id: "7" } },
		]);
		expect(await received("contactSearch")).toEqual([{ searchString: "Ada" }]);
		await page.close();
	});

	it("waits for a script that asks the page for its settings, and keeps the CRM's number as the log's id", async () => {
		const { page, frame, received, signIn } = await open("late");
		await signIn();
		await call(frame, "c1", "alerting");
		await expect
			.poll(() => frame.evaluate(() => window.panel.ports.of("report")))
			.toEqual([{ code: "framework.late", text: "0" }]);
		expect(await received("screenPop")).toEqual([]);
		await page.evaluate(() => {
			window.addEventListener("message", (event) => {
				const message = JSON.parse(event.data) as { type: string; data: { interaction: { id: string } } };
				if (message.type === "processCallLog")
					window.send("processCallLogCompleted", { interaction: message.data.interaction, callLogId: 4711 });
			});
			window.send("init", { name: "late", clientIds: { here: "id" }, settings: { enableCallLogs: true } });
		});
		await eventually(() => received("screenPop")).toHaveLength(1);
		await call(frame, "c1", "connected");
		await eventually(() => received("processCallLog")).toHaveLength(1);
		await eventually(() => frame.evaluate(() => window.panel.runtime.callLogs.store.get("c1")?.id)).toBe(4711);
		await page.evaluate(() => window.send("addAssociation", { type: "contact", id: 9, text: "Ada", select: true }));
		await eventually(() => received("processCallLog")).toHaveLength(2);
		await frame.evaluate(() => window.panel.runtime.callLogs.setNotes("c1", "called back"));
		await eventually(() => received("processCallLog")).toHaveLength(3);
		await call(frame, "c1", "disconnected");
		await eventually(() => received("processCallLog")).toHaveLength(4);
		expect((await received("processCallLog"))[3]).toMatchObject({
			eventName: "interactionDisconnected",
			callLog: { id: 4711, notes: "called back", selectedContact: { id: 9, text: "Ada", type: "contact" } },
		});
		const categories = (await received("interactionSubscription")).map((data) => data?.category);
		expect(categories).toEqual(["add", "change", "change", "connect", "change", "disconnect"]);
		expect(await errorsOf(page)).toEqual([]);
		await page.close();
	});

	it("keeps the panel usable when everything in the script throws or stays silent", async () => {
		const { page, frame, signIn } = await open("broken");
		await frame.evaluate(() => window.panel.started);
		await signIn();
		await call(frame, "c1", "alerting");
		await call(frame, "c1", "connected");
		expect((await frame.evaluate(() => window.panel.runtime.searchContacts("a"))).status).toBe("timeout");
		const reports = await frame.evaluate(() => window.panel.ports.of("report") as { text: string }[]);
		const texts = reports.map((report) => report.text);
		for (const text of ["getUserLanguage: language", "initialSetup: setup", "screenPop: undefinedThing is not defined"])
			expect(texts).toContain(text);
		expect(await frame.evaluate(() => window.panel.runtime.interactions()[0]?.state)).toBe("CONNECTED");
		await page.close();
	});

	it("holds what a script calls at top level until the agent is there, and writes no token to storage", async () => {
		const { page, frame, signIn } = await open("topLevel");
		await frame.evaluate(() => window.panel.started);
		expect(await page.evaluate(() => window.received)).toEqual([]);
		await signIn();
		await call(frame, "c1", "connected");
		await call(frame, "c2", "connected");
		const agentId = await frame.evaluate(() => window.panel.agentId);
		await expect
			.poll(() => page.evaluate(() => window.received))
			.toEqual(
				expect.arrayContaining([
					{ token: "token-1", same: true, station: agentId },
					{ category: "connect", id: "c2" },
				]),
			);
		expect(
			await frame.evaluate(() => Object.keys(window.sessionStorage).concat(Object.keys(window.localStorage))),
		).not.toContain("pc_auth");
		await page.close();
	});

	it("reaches the page through our sample script, and only the page it has pinned", async () => {
		const { page, frame, received, signIn } = await open("sample");
		await frame.evaluate(() => window.panel.started);
		await signIn();
		await call(frame, "c1", "alerting");
		await expect
			.poll(() => received("screenPop"))
			.toMatchObject([{ searchString: "+493012345", interactionId: { id: "c1" } }]);
		await page.evaluate(() => window.send("clickToDial", { number: "+15550100", autoPlace: true }));
		await expect
			.poll(() => frame.evaluate(() => window.panel.ports.done))
			.toEqual([["startInteraction", { type: "call", address: "+15550100", attributes: {} }]]);
		await frame.evaluate(() =>
			window.postMessage(JSON.stringify({ type: "clickToDial", data: { number: "1", autoPlace: true } }), "*"),
		);
		await call(frame, "c1", "connected");
		await eventually(() => received("processCallLog")).toHaveLength(1);
		expect(await frame.evaluate(() => window.panel.ports.done.length)).toBe(1);
		await page.close();
	});
});
