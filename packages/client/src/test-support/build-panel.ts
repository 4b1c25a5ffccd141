import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isBundleCurrent } from "../../../../scripts/build.mjs";

const client = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The panel as it ships, budget included: what `npm test` has built, or, where the sources have changed since, a build in a
 * folder of its own.
 */
export async function buildPanel(): Promise<{ folder: string; remove: () => Promise<void> }> {
	if (isBundleCurrent("packages/client")) return { folder: join(client, "dist"), remove: async () => undefined };
	const folder = await mkdtemp(join(tmpdir(), "inlay-panel-"));
	// In a process of its own: within a test it would be a build for tests, which weighs more than the budget allows.
	const vite = fileURLToPath(new URL("../../../../node_modules/vite/bin/vite.js", import.meta.url));
	await promisify(execFile)(
		process.execPath,
		[vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"],
		{ cwd: client, env: { ...process.env, NODE_ENV: "production" } },
	);
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
