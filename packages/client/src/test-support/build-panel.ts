import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { isBundleCurrent } from "../../../../scripts/build.mjs";

const client = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The panel as it ships, budget included: what `npm test` has built, or, where the sources have changed since, a build in a
 * folder of its own.
 */
export async function buildPanel(): Promise<{ folder: string; remove: () => Promise<void> }> {
	if (isBundleCurrent("packages/client")) return { folder: join(client, "dist"), remove: async () => undefined };
	const folder = await mkdtemp(join(tmpdir(), "inlay-panel-"));
	await build({
		configFile: join(client, "vite.config.ts"),
		logLevel: "error",
		build: { outDir: folder, emptyOutDir: true },
	});
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
