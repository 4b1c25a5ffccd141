import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptLog } from "../../test-support/log-lines.ts";
import { askRunning, type Commands, doorName, openOperatorDoor } from "./operator-door.ts";
import { StartError } from "./start-error.ts";

let folder: string;
let close: Array<() => void>;
const { log, lines } = keptLog();

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-door-"));
	close = [];
	lines.length = 0;
});
afterEach(() => {
	for (const each of close) each();
	rmSync(folder, { recursive: true, force: true });
});

const commands: Commands = {
	double: async (wish) => Number(wish) * 2,
	refuse: async () => {
		throw new StartError("user.notFound", "No such user.");
	},
	fail: async () => {
		throw new Error("hunter2 in the database");
	},
};

async function open(at = folder): Promise<void> {
	close.push(await openOperatorDoor(at, commands, log));
}

test("a command is done by the server that runs on the folder, and by nobody where none does", async () => {
	expect(await askRunning(folder, "double", 21)).toBeUndefined();
	await open();
	expect(await askRunning(folder, "double", 21)).toEqual({ done: 42 });
	expect(statSync(join(folder, doorName)).mode & 0o077).toBe(0);
});

test("what the command refuses is told as it is; what fails is told in the log alone", async () => {
	await open();
	await expect(askRunning(folder, "refuse", {})).rejects.toMatchObject({ code: "user.notFound", exitCode: 14 });
	await expect(askRunning(folder, "fail", {})).rejects.toMatchObject({
		code: "server.silent",
		sentence: expect.not.stringContaining("hunter2"),
	});
	await expect(askRunning(folder, "nothing", {})).rejects.toMatchObject({ code: "server.silent" });
	expect(lines).toMatchObject([{ msg: "a command has failed" }]);
});

test("a server that was killed left its socket, and the next one had no door", async () => {
	writeFileSync(join(folder, doorName), "");
	expect(await askRunning(folder, "double", 1)).toBeUndefined();
	await open();
	expect(await askRunning(folder, "double", 2)).toEqual({ done: 4 });
});

test.runIf(process.platform === "linux")("a data folder with a long path had no door", async () => {
	const deep = join(folder, "d".repeat(120));
	mkdirSync(deep);
	await open(deep);
	expect(await askRunning(deep, "double", 3)).toEqual({ done: 6 });
});

test("whoever sends without an end, or nonsense, keeps nobody else out", async () => {
	await open();
	const silent = connect(join(folder, doorName));
	silent.on("error", () => {});
	const loud = connect(join(folder, doorName));
	loud.on("error", () => {});
	loud.end("x".repeat(100_000));
	expect(await askRunning(folder, "double", 4)).toEqual({ done: 8 });
	silent.destroy();
	loud.destroy();
});
