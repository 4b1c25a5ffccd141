import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clearUnfinished, folderStore } from "./folder-store.ts";
import { objectStoreContract } from "./object-store.contract.ts";
import { newKey, type ObjectStore } from "./object-store.ts";

let folder: string;
let store: ObjectStore;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-files-"));
	store = folderStore(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a folder", () => {
	objectStoreContract(() => store, 100_000);

	it("left the halves of refused files behind", async () => {
		expect(await readdir(join(folder, ".incoming"))).toEqual([]);
	});

	it("let everybody on the machine read recordings", async () => {
		const key = newKey("org", "recording", new Date());
		await store.put(key, Readable.from([Buffer.from("x")]), { type: "audio/wav", size: 1 });
		expect((await stat(join(folder, key))).mode & 0o077).toBe(0);
	});

	it("kept what a killed process had not finished", async () => {
		const other = await mkdtemp(join(tmpdir(), "inlay-files-"));
		const key = newKey("org", "recording", new Date());
		// It waits for ever for its second chunk.
		async function* stuck() {
			yield Buffer.from("half");
			await new Promise(() => {});
		}
		void folderStore(other).put(key, stuck(), { type: "audio/wav", size: 100 });
		await expect.poll(() => readdir(join(other, ".incoming")).catch(() => [])).toHaveLength(1);
		await clearUnfinished(other);
		await expect(readdir(join(other, ".incoming"))).rejects.toThrow();
		expect(await folderStore(other).get(key)).toBeUndefined();
		await rm(other, { recursive: true });
	});
});
