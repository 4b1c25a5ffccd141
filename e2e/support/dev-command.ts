import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestInlay } from "./inlay.ts";
import { until } from "./until.ts";

const commandLine = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** `inlay dev` in a process of its own, with a script in a folder of its own. */
export interface DevCommand {
	/** Address that it says to open. */
	url: string;
	save(source: string): Promise<void>;
	/** What it has written so far, both streams. */
	output(): string;
	stop(): Promise<void>;
}

/** Joins a running Inlay. @param source what the script is at first */
export async function startDevCommand(inlay: TestInlay, source: string, name = "framework.js"): Promise<DevCommand> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-dev-"));
	const file = join(folder, name);
	const save = (text: string) => writeFile(file, text);
	await save(source);
	const flags = ["--url", inlay.baseUrl, "--data", inlay.dataFolder, "--dev-port", "0"];
	const child = spawn(process.execPath, [commandLine, "dev", file, ...flags], {
		env: { ...process.env, INLAY_LIFELINE: "3" },
		stdio: ["ignore", "pipe", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (chunk: Buffer) => {
			output += chunk.toString();
		});
	const stop = async () => {
		child.kill();
		await until("inlay dev has ended", () => child.exitCode !== null || child.signalCode !== null);
		await rm(folder, { recursive: true, force: true });
	};
	const url = await until("inlay dev says where to go", () => /http:\/\/localhost:\d+\//.exec(output)?.[0]);
	return { url, save, output: () => output, stop };
}
