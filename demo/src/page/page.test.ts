import { afterEach, describe, expect, it } from "vitest";
import { panelUrl } from "../crm-page/panel-url.ts";
import { pauseMs } from "../customer-page/line.ts";
import { loudness } from "../customer-page/meter.ts";
import { clockText } from "./duration.ts";
import { loadSettings } from "./settings.ts";

describe("texts of the pages", () => {
	it.each([
		[0, "0:00"],
		[7.9, "0:07"],
		[754, "12:34"],
		[3723, "1:02:03"],
		[-3, "0:00"],
	])("%d seconds are %s", (seconds, text) => {
		expect(clockText(seconds)).toBe(text);
	});
});

describe("the panel's address", () => {
	it("says whose page embeds it, and who is to sign in when the page's own address does", () => {
		const deployment = "http://api.test/crm/embeddableFramework.html?deployment=d1";
		const url = new URL(panelUrl(deployment, "http://crm.test/?as=agent%40demo.inlay#/contacts/1"));
		expect(Object.fromEntries(url.searchParams)).toEqual({
			deployment: "d1",
			crm_domain: "http://crm.test",
			login_hint: "agent@demo.inlay",
		});
		expect(new URL(panelUrl(deployment, "http://crm.test/")).searchParams.has("login_hint")).toBe(false);
	});
});

describe("the customer's line", () => {
	it("comes back after a quarter of a second at first, never later than two seconds", () => {
		expect(pauseMs(0, 0)).toBe(250);
		expect(pauseMs(2, 0)).toBe(1000);
		expect(pauseMs(50, 0)).toBe(2000);
		expect(pauseMs(50, 1)).toBeGreaterThan(1000);
	});

	it("meters silence as nothing and speech in between", () => {
		expect(loudness(new Float32Array(256))).toBe(0);
		const level = loudness(new Float32Array(256).fill(0.05));
		expect(level).toBeGreaterThan(0.5);
		expect(level).toBeLessThan(1);
	});
});

describe("a page whose server was killed while it loaded", () => {
	const { fetch } = globalThis;
	afterEach(() => {
		globalThis.fetch = fetch;
	});

	it("stood without its settings for ever: it asks until they are there", async () => {
		const answers = [
			() => Promise.reject(new TypeError("Failed to fetch")),
			async () => new Response("", { status: 503 }),
			async () => new Response('{"panelUrl":'),
			async () => Response.json({ panelUrl: "http://api.test" }),
		];
		globalThis.fetch = () => answers.shift()?.() ?? Promise.reject(new Error("asked once more"));
		let times = 0;
		const settings = await loadSettings<{ panelUrl: string }>(() => times++, 1);
		expect([settings, times]).toEqual([{ panelUrl: "http://api.test" }, 3]);
	});
});
