import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { defineFramework } from "../define-framework.ts";
import { runFrameworkScript, sampleInteraction } from "./run-script.ts";

const SAMPLE = readFileSync(new URL("../../sample/framework.js", import.meta.url), "utf8");
const LOG = { attributes: {}, contacts: [], relations: [] };

function runSample(search = "?crm_domain=https://crm.example/page") {
	const run = runFrameworkScript(SAMPLE, { search });
	run.initialSetup();
	return run;
}

describe("our sample script in the harness", () => {
	it("tells its page of pops, events and logs, and names the interaction both ways", () => {
		const run = runSample();
		const interaction = sampleInteraction();
		run.screenPop("+493012345", interaction);
		run.emit("Interaction", "add", interaction);
		run.emit("UserAction", "status", { status: "ON_QUEUE" });
		run.emit("Notification", "interactionSelection", {});
		run.openCallLog(LOG, interaction);
		expect(run.host.of("screenPop")).toMatchObject([{ data: { interactionId: interaction, interaction } }]);
		expect(run.host.received.map((message) => message.type)).toEqual([
			"initialSetup",
			"screenPop",
			"interactionSubscription",
			"userActionSubscription",
			"notificationSubscription",
			"openCallLog",
		]);
		expect(run.host.unreadable).toEqual([]);
	});

	it("passes the page's answers to the calls they belong to", () => {
		const run = runSample();
		const [first, second] = [sampleInteraction(), sampleInteraction({ id: "other" })];
		const saved = run.processCallLog(LOG, first, "interactionChanged");
		const failed = run.processCallLog(LOG, second, "interactionChanged");
		expect(saved.outcome).toBe("pending");
		run.host.send("processCallLogCompleted", { interaction: first, callLogId: 9 });
		run.host.send("processCallLogCompleted", { interactionId: "other" });
		expect([saved, failed]).toEqual([{ outcome: "saved", id: 9 }, { outcome: "failed" }]);
		const search = run.contactSearch("Ada");
		run.host.send("sendContactSearch", [
			{ type: "external", name: "Ada", phone: [{ number: "1", label: "" }], attributes: {} },
		]);
		expect(search).toMatchObject({ outcome: "found", contacts: [{ name: "Ada" }] });
	});

	it("does what the page asks, and nothing that it does not know", () => {
		const run = runSample();
		run.host.send("clickToDial", { number: "+1", autoPlace: true });
		run.host.send("updateInteractionState", { action: "hold", id: "c" });
		run.host.send("toString");
		run.host.deliver("no json");
		expect(run.actions).toEqual([
			{ action: "clickToDial", arguments: [{ number: "+1", autoPlace: true }] },
			{ action: "Interaction.updateState", arguments: [{ action: "hold", id: "c" }] },
		]);
	});

	it.each([
		["addAssociation", "addAssociation", { type: "contact", id: 7, text: "Ada", select: true }],
		["addTransferContext", "addTransferContext", { name: "Case 7", attributes: { id: "7" } }],
		["addAttribute", "Interaction.addCustomAttributes", { interactionId: "c", attributes: { a: "1" } }],
		["updateUserStatus", "User.updateStatus", { id: "BREAK" }],
		["setView", "User.setView", { type: "main", view: { name: "callLog" } }],
		["updateAudioConfiguration", "User.Notification.setAudioConfiguration", { call: true }],
		["sendCustomNotification", "User.Notification.notifyUser", { message: "Hello", type: "INFO", timeout: "0" }],
	])("the page's %s was taken for proven by a test of two others: it is %s, as it was given", (word, action, given) => {
		const run = runSample();
		run.host.send(word, given);
		expect(run.actions).toEqual([{ action, arguments: [given] }]);
	});

	it("the page's getTranscript is answered by chatTranscript, with the interaction that it is of", () => {
		const run = runSample();
		run.host.send("getTranscript", { interactionId: "c" });
		const [asked] = run.actions;
		expect(asked).toMatchObject({ action: "Interaction.Chat.getTranscript", arguments: [{ interactionId: "c" }] });
		const { callback } = (asked?.arguments[0] ?? {}) as { callback(transcript: object): void };
		callback({ messages: [{ text: "Hi" }] });
		expect(run.host.of("chatTranscript")).toMatchObject([
			{ data: { interactionId: "c", transcript: { messages: [{ text: "Hi" }] } } },
		]);
	});

	it("stays silent and deaf when it does not know its page", () => {
		for (const search of ["", "?crm_domain=https://evil.example"]) {
			const run = runSample(search);
			run.host.send("clickToDial", { number: "+1" });
			expect(run.actions).toEqual([]);
			expect(run.host.received).toEqual([]);
		}
	});
});

describe("work that the harness delivers", () => {
	const script = `window.told = [];
		PureCloud.subscribe([{ type: "Interaction", callback: function (category) { told.push(category); } }]);
		window.Framework = { config: { name: "n" }, screenPop: function (text, interaction) { told.push(text); } };`;

	it("is told in the captured order, and pops by what the panel pops by", () => {
		const run = runFrameworkScript(script);
		run.deliver.call({ displayAddress: "+4930999" });
		run.deliver.callback({ callbackNumbers: ["+4930777"] });
		run.deliver.mail();
		run.deliver.message({ displayAddress: "+4930555" });
		run.deliver.chat({ displayAddress: "Ada" });
		const pops = ["+4930999", "+4930777", "ada@example.com", "+4930555", "Ada"];
		expect(run.globals.told).toEqual(pops.flatMap((text) => ["add", "change", text]));
	});

	it("does not pop where the panel does not: what is outbound, and what alerts no more", () => {
		const run = runFrameworkScript(script);
		run.deliver.call({ direction: "Outbound", state: "CONTACTING" });
		run.deliver.call({ state: "CONNECTED", isConnected: true });
		expect(run.globals.told).toEqual(["add", "change", "add", "change"]);
	});
});

describe("the harness", () => {
	it("shows what a script throws, and one that sets the framework late", () => {
		expect(() => runFrameworkScript("nothing.here")).toThrow("nothing is not defined");
		const late = runFrameworkScript(
			"crmDomain = 'x'; window.onmessage = () => { window.Framework = { config: { name: this.crmDomain } }; };",
		);
		expect(late.framework()).toBeUndefined();
		late.host.send("init");
		expect(late.config().name).toBe("x");
	});

	it("a script that asks its CRM as it loads, or makes a Base64 of something, could not be tested", async () => {
		const source = `window.Framework = { config: { name: btoa("n") } };
			fetch("/users/me").then((answer) => answer.json()).then(({ id }) => window.open("/users/" + id), ({ message }) => { window.failed = message; });`;
		const run = runFrameworkScript(source, { globals: { fetch: async () => Response.json({ id: 7 }) } });
		await vi.waitFor(() => expect(run.opened).toEqual([{ url: "/users/7", name: "" }]));
		expect(run.config().name).toBe("bg==");
		const offline = runFrameworkScript(source);
		await vi.waitFor(() =>
			expect(offline.globals.failed).toMatch(/no network to ask \/users\/me by: .*globals: \{ fetch/),
		);
	});

	it("defines a typed framework where it is told to", () => {
		const place = {};
		const script = defineFramework({ config: { name: "typed" } }, place);
		expect(place).toEqual({ Framework: script });
	});
});
