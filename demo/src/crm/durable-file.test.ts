import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Writes ever larger states and tells each one that it has been promised. */
const writer = `
import { writeJsonFile } from ${JSON.stringify(new URL("./durable-file.ts", import.meta.url).href)};
for (let number = 1; ; number++) {
	await writeJsonFile(process.argv[1], { number, filler: "x".repeat(50_000) });
	process.stdout.write(number + "\\n");
}`;

it("survives a kill -9 in the middle of writing: whole, and not older than promised", async () => {
	const folder = await mkdtemp(join(tmpdir(), "inlay-durable-"));
	try {
		const path = join(folder, "state.json");
		for (const wanted of [3, 7, 12]) {
			const promised = await writeUntilKilled(path, wanted);
			const { number, filler } = JSON.parse(await readFile(path, "utf8"));
			expect(number).toBeGreaterThanOrEqual(promised);
			expect(filler).toHaveLength(50_000);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

/** Kills the writer once it has promised `wanted` states; gives the last one that it has promised. */
async function writeUntilKilled(path: string, wanted: number): Promise<number> {
	const child = spawn(process.execPath, ["--input-type=module", "--eval", writer, path], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let output = "";
	const promised = () => Number(output.trim().split("\n").at(-1) ?? 0);
	child.stdout.on("data", (chunk: Buffer) => {
		output += chunk.toString();
		if (promised() >= wanted) child.kill("SIGKILL");
	});
	await once(child, "close");
	return promised();
}
