import { spawn } from "node:child_process";
import { once } from "node:events";
import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFileName, openDataFolder } from "./data-folder.ts";
import { processIdentity } from "./process-identity.ts";

let parent: string;
let path: string;

beforeEach(() => {
	parent = mkdtempSync(join(tmpdir(), "inlay-data-"));
	path = join(parent, "deep", "data");
});

afterEach(() => {
	chmodSync(parent, 0o700);
	rmSync(parent, { recursive: true, force: true });
});

function writeLock(owner: object | string): void {
	openDataFolder(path).close();
	writeFileSync(join(path, lockFileName), typeof owner === "string" ? owner : JSON.stringify(owner));
}

test("creates the folder and its parents, closed to the eyes of others", () => {
	openDataFolder(path).close();
	expect(statSync(path).mode & 0o777).toBe(0o711);
});

test("refuses a folder that this or another process has open, and names the process", () => {
	const folder = openDataFolder(path);
	expect(() => openDataFolder(path)).toThrow(
		expect.objectContaining({ code: "data.inUse", sentence: expect.stringContaining(`process ${process.pid}`) }),
	);
	folder.close();
	openDataFolder(path).close();
});

test("leaves nothing behind", () => {
	openDataFolder(path).close();
	expect(readdirSync(path)).toEqual([]);
});

test("takes over from a process that was killed", async () => {
	const victim = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
	writeLock(processIdentity(victim.pid ?? 0));
	expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: "data.inUse" }));
	victim.kill("SIGKILL");
	await once(victim, "exit");
	openDataFolder(path).close();
});

test("takes over when the number belongs to another process by now", () => {
	writeLock({ ...processIdentity(process.pid), startTicks: "1" });
	openDataFolder(path).close();
	writeLock({ ...processIdentity(process.pid), bootId: "another boot" });
	openDataFolder(path).close();
});

test.each(["", "not json", "{}"])("takes over a lock that was left damaged: %j", (text) => {
	writeLock(text);
	const folder = openDataFolder(path);
	expect(JSON.parse(readFileSync(join(path, lockFileName), "utf8"))).toMatchObject({ pid: process.pid });
	folder.close();
});

test("closing twice does not take the lock from its next owner", () => {
	const first = openDataFolder(path);
	first.close();
	const second = openDataFolder(path);
	first.close();
	expect(existsSync(join(path, lockFileName))).toBe(true);
	second.close();
});

test("says so when the path is no folder", () => {
	writeFileSync(join(parent, "file"), "");
	expect(() => openDataFolder(join(parent, "file"))).toThrow(expect.objectContaining({ code: "data.notWritable" }));
	expect(() => openDataFolder(join(parent, "file", "data"))).toThrow(
		expect.objectContaining({
			code: "data.notWritable",
			sentence: expect.stringContaining(join(parent, "file", "data")),
		}),
	);
});

test.skipIf(process.getuid?.() === 0)("says so when the folder cannot be written", () => {
	chmodSync(parent, 0o500);
	expect(() => openDataFolder(path)).toThrow(
		expect.objectContaining({ code: "data.notWritable", sentence: expect.stringContaining("permission denied") }),
	);
});
