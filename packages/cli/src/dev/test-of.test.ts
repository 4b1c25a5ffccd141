import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sampleInteraction } from "@inlay/framework/harness";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildScript } from "./build-script.ts";
import type { Entry } from "./protocol.ts";
import { testOf } from "./test-of.ts";

const sample = readFileSync(new URL(import.meta.resolve("@inlay/framework/sample/framework.js")), "utf8");
const around = {
	hostOrigin: "https://crm.example",
	search: "?crm=framework-local-secure&crm_domain=https://crm.example",
};
const entry = (given: Partial<Entry>): Entry => ({ id: "1", kind: "event", name: "", at: 0, payload: null, ...given });
const call = sampleInteraction();

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-dev-"));
	symlinkSync(fileURLToPath(new URL("../../../../node_modules", import.meta.url)), join(folder, "node_modules"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `inlay test` runs it, each in a file beside the script; one process for all of them. */
function run(tests: Record<string, string>) {
	for (const [name, text] of Object.entries(tests)) writeFileSync(join(folder, name), text);
	const { NODE_TEST_CONTEXT: _, ...env } = process.env;
	const files = Object.keys(tests);
	return spawnSync(process.execPath, ["--test", "--test-isolation=none", ...files], {
		cwd: folder,
		env,
		encoding: "utf8",
	});
}

describe("copy as test", () => {
	it("gives tests that pass, of each kind of entry, and fail where the script changes", async () => {
		const typed =
			'import { word } from "./word.ts";\nwindow.Framework = { config: { name: word }, screenPop: () => window.parent.postMessage(JSON.stringify({ type: word }), "*") };';
		writeFileSync(join(folder, "word.ts"), 'export const word: string = "typed";');
		writeFileSync(join(folder, "framework.ts"), typed);
		writeFileSync(join(folder, "framework.js"), sample);
		const plain = { ...around, file: "framework.js", source: sample };
		const bundled = { ...around, file: "framework.ts", source: (await buildScript(join(folder, "framework.ts"))).code };
		const pop = entry({ kind: "callback", name: "screenPop", payload: ["+493012345", call, "ƒ done"] });
		const log = [{ notes: "Wants tea" }, call, "interactionChanged", "ƒ onSuccess", "ƒ onFailure"];
		const dial = { type: "clickToDial", data: { number: "+4930999" } };
		const tests = {
			"event.test.mjs": await testOf(entry({ name: "Interaction connect", payload: call }), plain),
			"pop.test.mjs": await testOf(pop, plain),
			"log.test.mjs": await testOf(entry({ kind: "callback", name: "processCallLog", payload: log }), plain),
			"message.test.mjs": await testOf(
				entry({ kind: "message", direction: "in", name: "clickToDial", payload: dial }),
				plain,
			),
			"typed.test.mjs": await testOf(pop, bundled),
		};
		expect(tests["message.test.mjs"]).toContain('"action": "clickToDial"');
		expect(tests["typed.test.mjs"]).toContain('"type": "typed"');
		const passed = run(tests);
		expect(passed.stdout).toContain("pass 5");
		expect(passed.status).toBe(0);
		writeFileSync(join(folder, "framework.js"), sample.replace('send("screenPop"', 'send("popped"'));
		expect(run({ "pop.test.mjs": tests["pop.test.mjs"] }).stdout).toContain("fail 1");
	});

	it("a pop in a window, what comes of a CRM's answer, and what throws were not in the test at all", async () => {
		const source = `window.Framework = {
			config: {},
			screenPop: (text) => { window.open("https://crm.example/" + text, "record"); },
			openCallLog: () => { throw new TypeError("no log"); },
			processCallLog: async (log, call, event, done, failed) => {
				try {
					const { id } = await (await fetch("https://crm.example/logs", { method: "POST" })).json();
					done({ id });
				} catch (error) {
					failed();
				}
			},
		};`;
		writeFileSync(join(folder, "windows.js"), source);
		const facts = { ...around, file: "windows.js", source };
		const callback = (name: string, payload: unknown[], more: Partial<Entry> = {}) =>
			testOf(entry({ kind: "callback", name, payload, ...more }), facts);
		const log = [{ notes: "Wants tea" }, call, "interactionChanged", "ƒ onSuccess", "ƒ onFailure"];
		const saved = { answer: { name: "onSuccess", payload: { id: "4711" }, afterMs: 20 } };
		const tests = {
			"window.test.mjs": await callback("screenPop", ["4930", call]),
			"saved.test.mjs": await callback("processCallLog", log, saved),
			"thrown.test.mjs": await callback("openCallLog", [{ id: 1 }, call]),
		};
		expect(tests["window.test.mjs"]).toContain('"url": "https://crm.example/4930"');
		expect(tests["window.test.mjs"]).not.toContain("fetch");
		expect(tests["saved.test.mjs"]).toContain('"outcome": "saved"');
		expect(tests["thrown.test.mjs"]).toContain('{ message: "no log" }');
		const passed = run(tests);
		expect(passed.stdout).toContain("pass 3");
		writeFileSync(join(folder, "windows.js"), source.replace('"/logs"', '"/log"').replace('"record"', '"other"'));
		expect(run({ "window.test.mjs": tests["window.test.mjs"] }).stdout).toContain("fail 1");
	});

	it("a message's own page is the page of its test: Firefox does not tell the panel which that is", async () => {
		const told = entry({
			kind: "message",
			direction: "in",
			name: "dial",
			payload: { type: "dial" },
			origin: "https://its.own",
		});
		const made = await testOf(told, { ...around, hostOrigin: "", file: "framework.js", source: sample });
		expect(made).toContain('hostOrigin: "https://its.own"');
	});

	it("leaves out what is another each time", async () => {
		const source =
			"window.Framework = { config: {}, screenPop: () => window.parent.postMessage(JSON.stringify({ type: String(Math.random()) }), '*') };";
		const pop = entry({ kind: "callback", name: "screenPop", payload: ["1", call] });
		expect(await testOf(pop, { ...around, file: "framework.js", source })).toContain("not the same each time");
	});

	it("says what tests cannot be made of", async () => {
		const made = testOf(entry({ kind: "action", name: "clickToDial" }), {
			...around,
			file: "framework.js",
			source: sample,
		});
		await expect(made).rejects.toThrow("Tests are made of");
	});
});
