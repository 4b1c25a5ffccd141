import { readFrameworkConfig } from "@inlay/contract/framework-config";
import { authorsPlace } from "@inlay/contract/script-guards";
import { describe, expect, it } from "vitest";
import { readContacts } from "../contact-search.ts";
import { createGuard } from "../guard.ts";
import { fakePorts } from "../test-support/fake-ports.ts";
import { HandTimers } from "../test-support/hand-timers.ts";
import { awaitFramework } from "./await-framework.ts";
import { askLanguage, languageTag } from "./language.ts";
import { hearLater } from "./later-failures.ts";
import { frameworkScriptUrl } from "./script-url.ts";

describe("which script runs", () => {
	it("is the deployment's, except in local mode", () => {
		expect(frameworkScriptUrl("?deployment=d", "/s.js")).toBe("/s.js");
		expect(frameworkScriptUrl("", undefined)).toBeUndefined();
		expect(frameworkScriptUrl("?crm=Framework-Local-Secure", "/s.js", true)).toBe("https://localhost/framework.js");
	});

	it("ran from the agent's own machine by a link, whatever the deployment: only where that allows development", () => {
		const link = "?crm=framework-local-secure&framework=http://localhost:3000/f.js";
		expect(frameworkScriptUrl(link, "/s.js")).toBe("/s.js");
		expect(frameworkScriptUrl(link, "/s.js", false)).toBe("/s.js");
	});

	it("takes ?framework= only in local mode and only from this machine", () => {
		const local = "?crm=framework-local-secure&framework=";
		expect(frameworkScriptUrl(`${local}http://localhost:5173/f.js`, undefined, true)).toBe(
			"http://localhost:5173/f.js",
		);
		for (const evil of [
			"https://evil.example/f.js",
			"https://localhost.evil.example/f.js",
			"data:text/javascript,1",
			"//x",
		])
			expect(frameworkScriptUrl(local + encodeURIComponent(evil), undefined, true)).toBe(
				"https://localhost/framework.js",
			);
		expect(frameworkScriptUrl("?framework=http://localhost/f.js", "/s.js", true)).toBe("/s.js");
	});
});

it("what a script threw in its timers and promises was told nobody: each is told once with its line, the panel's own is not", () => {
	const window = Object.assign(new EventTarget(), { document: { baseURI: "https://panel.test/crm/" } });
	const told: string[] = [];
	hearLater(window as unknown as Window, "deployments/d/framework.js?v=1", (message) => told.push(message));
	const address = "https://panel.test/crm/deployments/d/framework.js?v=1";
	const throws = (filename: string, message: string) =>
		window.dispatchEvent(Object.assign(new Event("error"), { filename, message, lineno: 7 }));
	const rejects = (reason: unknown) => window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
	for (let turn = 0; turn < 2; turn++) throws(address, "Uncaught Error: timer");
	throws("https://panel.test/crm/assets/index.js", "the panel's own");
	rejects({ message: "left alone", stack: `Error: left alone\n    at f (${address}:9:3)` });
	rejects(new Error("the panel's own"));
	rejects(undefined);
	for (let turn = 0; turn < 50; turn++) throws(address, `turn ${turn}`);
	expect(told.slice(0, 3)).toEqual(["Uncaught Error: timer (line 7)", "left alone (line 9)", "turn 0 (line 7)"]);
	expect(told).toHaveLength(30);
});

it("what a script threw in its timers in inlay dev was told no agent: its file is another one than the panel has loaded", () => {
	const window = Object.assign(new EventTarget(), { document: { baseURI: "https://panel.test/crm/" } });
	const told: string[] = [];
	hearLater(window as unknown as Window, "http://localhost:4300/panel.js", (message) => told.push(message));
	const error = Object.assign(new Error("timer"), { [authorsPlace]: "pop.ts:2" });
	const filename = "http://localhost:4300/script/3.js";
	window.dispatchEvent(Object.assign(new Event("error"), { filename, message: "Uncaught Error: timer", error }));
	window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: error }));
	expect(told).toEqual(["Uncaught Error: timer (pop.ts:2)", "timer (pop.ts:2)"]);
});

describe("waiting for window.Framework", () => {
	const timeouts = { late: 5000, missing: 30_000, withoutConfig: 2000 };

	it("takes one without config after a while, and hears definitions that pass by the trap", async () => {
		const timers = new HandTimers();
		const bare: { Framework?: object } = { Framework: {} };
		const first = awaitFramework({ window: bare, timers, timeouts, late: () => undefined, missing: () => undefined });
		timers.pass(2000);
		expect((await first).framework).toBe(bare.Framework);

		const window = {};
		let late = 0;
		let missing = 0;
		const second = awaitFramework({ window, timers, timeouts, late: () => (late += 1), missing: () => (missing += 1) });
		timers.pass(60_000);
		expect([late, missing], "a script without Framework said nothing").toEqual([1, 1]);
		const framework = { config: {} };
		Object.defineProperty(window, "Framework", { value: framework });
		timers.pass(200);
		expect((await second).framework).toBe(framework);
	});

	it("lets the script finish building what it has assigned", async () => {
		const window: { Framework?: { config: object; screenPop?: () => void } } = {};
		const waiting = awaitFramework({
			window,
			timers: new HandTimers(),
			timeouts,
			late: () => undefined,
			missing: () => undefined,
		});
		const framework: { config: object; screenPop?: () => void } = { config: {} };
		window.Framework = framework;
		framework.screenPop = () => undefined;
		expect((await waiting).framework.screenPop).toBeTypeOf("function");
	});
});

describe("the script's language", () => {
	it("understands the codes in circulation", () => {
		expect(["en-us", "jp", "zh-CH", "pt_BR", "", "not a language", 5].map(languageTag)).toEqual([
			"en-US",
			"ja",
			"zh-CN",
			"pt-BR",
			undefined,
			undefined,
			undefined,
		]);
	});

	it("follows an answer that comes after the timeout", () => {
		let answer: ((language: string) => void) | undefined;
		const { config } = readFrameworkConfig({
			getUserLanguage: (callback: (language: string) => void) => (answer = callback),
		});
		const found: unknown[] = [];
		const timers = new HandTimers();
		const { ui, log } = fakePorts();
		const parts = {
			guard: createGuard(ui, log),
			timers,
			timeoutMs: 3000,
			fallback: ["ca", "en"],
			found: (tags: string | readonly string[]) => void found.push(tags),
		};
		askLanguage(config, parts);
		timers.pass(3000);
		answer?.("de");
		expect(found).toEqual([["ca", "en"], "de"]);
	});
});

describe("contacts that scripts return", () => {
	it("keeps what can be shown and dialled", () => {
		const given = [
			{ type: "external", name: "Ada", phone: [{ number: 123, label: "Cell" }, { number: "" }], attributes: { n: 1 } },
			{ name: "Bare", phone: "555" },
			{ name: "Numbers", phone: ["1", "2"] },
			{ name: "", phone: [{ number: "1" }] },
			{ name: "No phone" },
			null,
		];
		expect(readContacts(given)).toEqual([
			{ type: "external", name: "Ada", phone: [{ number: "123", label: "Cell" }], attributes: { n: "1" } },
			{ type: "external", name: "Bare", phone: [{ number: "555", label: "" }], attributes: {} },
			{
				type: "external",
				name: "Numbers",
				phone: [
					{ number: "1", label: "" },
					{ number: "2", label: "" },
				],
				attributes: {},
			},
		]);
		expect(readContacts("none")).toEqual([]);
	});
});
