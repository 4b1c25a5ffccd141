import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keptLog } from "../../test-support/log-lines.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { lockFileName } from "./folder-lock.ts";
import { processIdentity } from "./process-identity.ts";

const module = new URL("./data-folder.ts", import.meta.url).href;
const hurry = { beatMs: 20 };

let parent: string;
let path: string;
let lockFile: string;
let open: DataFolder[];
let children: ChildProcess[];

beforeEach(() => {
	parent = mkdtempSync(join(tmpdir(), "inlay-data-"));
	path = join(parent, "deep", "data");
	lockFile = join(path, lockFileName);
	open = [];
	children = [];
});

afterEach(() => {
	for (const folder of open) folder.close();
	for (const child of children) child.kill("SIGKILL");
	chmodSync(parent, 0o700);
	rmSync(parent, { recursive: true, force: true });
});

async function openHere(options = {}): Promise<DataFolder> {
	const folder = await openDataFolder(path, { ...hurry, ...options });
	open.push(folder);
	return folder;
}

const refused = (part = "Another Inlay") => ({ code: "data.inUse", sentence: expect.stringContaining(part) });

function writeLock(owner: object | string): void {
	mkdirSync(path, { recursive: true });
	writeFileSync(lockFile, typeof owner === "string" ? owner : JSON.stringify(owner));
}

/** Another process with the folder open, behind a command of the caller's, such as one that makes namespaces. */
async function openElsewhere(...behind: string[]): Promise<ChildProcess> {
	const script = `
		import { openDataFolder } from ${JSON.stringify(module)};
		await openDataFolder(${JSON.stringify(path)}).then(() => console.log("open"), (error) => console.log(error.sentence));
		setInterval(() => undefined, 1000);`;
	const [command = "", ...args] = [...behind, process.execPath, "--input-type=module", "-e", script];
	const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
	children.push(child);
	return child;
}

async function answerOf(child: ChildProcess): Promise<string> {
	if (!child.stdout) throw new Error("no output");
	const [line] = await once(createInterface(child.stdout), "line");
	return line;
}

test("creates the folder and its parents, closed to the eyes of others", async () => {
	await openHere();
	expect(statSync(path).mode & 0o777).toBe(0o711);
});

test("refuses a folder that this or another process has open, and names the process", async () => {
	const folder = await openHere();
	await expect(openHere()).rejects.toMatchObject(refused(`process ${process.pid}`));
	expect(await answerOf(await openElsewhere())).toContain(`process ${process.pid}`);
	folder.close();
	await openHere();
});

test("leaves nothing behind", async () => {
	mkdirSync(path, { recursive: true });
	(await openHere()).close();
	expect(readdirSync(path)).toEqual([]);
});

const container = ["unshare", "-p", "-i", "-f", "--mount-proc", "--kill-child"];
const hasNamespaces = spawnSync(container[0] ?? "", [...container.slice(1), "true"]).status === 0;

test.skipIf(!hasNamespaces)("two containers on one data folder ran at the same time", async () => {
	const folder = await openHere();
	expect(await answerOf(await openElsewhere(...container))).toContain("Another Inlay");
	folder.close();
	const other = await openElsewhere(...container);
	expect(await answerOf(other)).toBe("open");
	await expect(openHere()).rejects.toMatchObject(refused());
	other.kill("SIGKILL");
	await once(other, "exit");
	const before = performance.now();
	await vi.waitUntil(() => openHere({ beatMs: 10_000 }).catch(() => undefined), { timeout: 10_000 });
	// Taken over without a look at the beats, which would take four times ten seconds.
	expect(performance.now() - before).toBeLessThan(10_000);
});

test("a lock file deleted by hand let a second Inlay in", async () => {
	const warn = vi.fn();
	await openHere({ log: { warn, error: vi.fn() } });
	rmSync(lockFile);
	await expect(openHere()).rejects.toMatchObject(refused());
	await vi.waitUntil(() => existsSync(lockFile));
	expect(warn).toHaveBeenCalled();
	expect(JSON.parse(readFileSync(lockFile, "utf8"))).toMatchObject({ pid: process.pid });
});

test("a data folder that was moved away while the server ran wrote a stack trace each second", async () => {
	const { log, lines } = keptLog();
	const folder = await openHere({ log });
	renameSync(path, `${path}.away`);
	await vi.waitUntil(() => folder.trouble);
	expect(folder.trouble).toBe(`the data folder ${path} is gone`);
	// Long enough for ten more beats, of which each had its stack trace.
	const beats = () => new Promise((resolve) => setTimeout(resolve, 10 * hurry.beatMs));
	await beats();
	expect(lines).toMatchObject([{ level: 50, event: "data.trouble", code: "data.gone", folder: path }]);
	expect(JSON.stringify(lines)).not.toContain("    at ");
	renameSync(`${path}.away`, path);
	await vi.waitUntil(() => folder.trouble === undefined);
	await beats();
	expect(lines.slice(1)).toMatchObject([{ level: 40, event: "data.back" }]);
});

test("another folder in the place of the data folder was taken for it", async () => {
	const { log, lines } = keptLog();
	const folder = await openHere({ log });
	renameSync(path, `${path}.away`);
	mkdirSync(path);
	await vi.waitUntil(() => folder.trouble?.includes("another folder"));
	await vi.waitUntil(() => lines.some(({ code }) => code === "data.replaced"));
	expect(readdirSync(path)).toEqual([]);
});

test("one who does not hold the lock removed it", async () => {
	await openHere();
	await expect(openHere()).rejects.toMatchObject(refused());
	expect(existsSync(lockFile)).toBe(true);
});

/** Another machine is one whose boot and kernel are not these. */
const elsewhere = { pid: 1, bootId: "another", host: "far", claim: "theirs" };

test("an Inlay of another machine counts as running while its beats go on, and as gone without them", async () => {
	writeLock(elsewhere);
	const beats = setInterval(() => utimesSync(lockFile, new Date(), new Date()), 5);
	await expect(openHere()).rejects.toMatchObject(refused("on far"));
	clearInterval(beats);
	await openHere();
});

test("shows by its file that it goes on", async () => {
	await openHere();
	const { mtimeMs } = statSync(lockFile);
	await vi.waitUntil(() => statSync(lockFile).mtimeMs > mtimeMs);
});

test("takes over from a process that was killed", async () => {
	const victim = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
	children.push(victim);
	writeLock(processIdentity(victim.pid ?? 0));
	await expect(openHere()).rejects.toMatchObject(refused());
	victim.kill("SIGKILL");
	await once(victim, "exit");
	await openHere();
});

test("takes over when the number belongs to another process by now", async () => {
	writeLock({ ...processIdentity(process.pid), startTicks: "1" });
	(await openHere()).close();
	writeLock({ ...processIdentity(process.pid), bootId: "another boot" });
	await openHere();
});

test.each(["", "not json", "{}"])("takes over a lock that was left damaged: %j", async (text) => {
	writeLock(text);
	await openHere();
	expect(JSON.parse(readFileSync(lockFile, "utf8"))).toMatchObject({ pid: process.pid });
});

test("a folder in the place of the lock file was a defect of Inlay's own", async () => {
	mkdirSync(lockFile, { recursive: true });
	await expect(openHere()).rejects.toMatchObject({
		code: "data.notWritable",
		sentence: expect.stringContaining(`${lockFile} cannot be used`),
	});
});

test("closing twice does not take the lock from its next owner", async () => {
	const first = await openHere();
	first.close();
	await openHere();
	first.close();
	expect(existsSync(lockFile)).toBe(true);
});

test("says so when the path is no folder", async () => {
	writeFileSync(join(parent, "file"), "");
	await expect(openDataFolder(join(parent, "file"))).rejects.toMatchObject({ code: "data.notWritable" });
	await expect(openDataFolder(join(parent, "file", "data"))).rejects.toMatchObject({
		code: "data.notWritable",
		sentence: expect.stringContaining(join(parent, "file", "data")),
	});
});

test.skipIf(process.getuid?.() === 0)("says so when the folder cannot be written", async () => {
	chmodSync(parent, 0o500);
	await expect(openHere()).rejects.toMatchObject({
		code: "data.notWritable",
		sentence: expect.stringContaining("permission denied"),
	});
});

test("a start that was refused had made an empty data folder, which stayed", async () => {
	const made = await openDataFolder(path, hurry);
	made.close();
	expect(existsSync(path)).toBe(false);
	mkdirSync(path, { recursive: true });
	(await openDataFolder(path, hurry)).close();
	expect(existsSync(path), "one that was there stays").toBe(true);
	rmSync(path, { recursive: true });
	const used = await openDataFolder(path, hurry);
	writeFileSync(join(path, "kept"), "");
	used.close();
	expect(readdirSync(path)).toContain("kept");
});
