import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MadeOnce } from "./made.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-made-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("made at each start again what an administrator had taken away", async () => {
	let times = 0;
	for (let start = 0; start < 3; start++) {
		const made = await MadeOnce.open(folder, start > 0);
		await made.once("number", async () => times++);
		await made.thing("queue", async () => ({ id: `queue ${start}` }));
		await made.finish({ crm: "http://crm", customer: "http://shop" });
	}
	expect(times).toBe(1);
	const made = await MadeOnce.open(folder, true);
	expect([made.placesBefore?.customer, made.idOf("queue")]).toEqual(["http://shop", "queue 0"]);
});

it("takes what an older demo has made for made, and makes what is new", async () => {
	const made = await MadeOnce.open(folder, true);
	expect([made.isMade("number"), made.isMade("skills")]).toEqual([true, false]);
});

it("makes again what could not be finished", async () => {
	const made = await MadeOnce.open(folder, false);
	await expect(made.once("skills", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
	const next = await MadeOnce.open(folder, true);
	expect([next.isMade("skills"), next.isMade("queue")], "though its people are there already").toEqual([false, false]);
});
