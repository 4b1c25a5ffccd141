import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the panel as it ships, budget included, into a folder of its own. */
export async function buildPanel(): Promise<{ folder: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-panel-"));
	await build({
		configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
		logLevel: "error",
		build: { outDir: folder, emptyOutDir: true },
	});
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
