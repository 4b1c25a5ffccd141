// npm run bench: measures and prints the numbers of docs/ in a table; flags go to bench/main.ts.
import { join } from "node:path";
import { buildBundles } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

async function main() {
	const node = await prepare();
	await buildBundles(workspace, node);
	const chromium = await ensureChromium(workspace);
	process.exitCode = await handOver(node, [join(workspace, "bench", "main.ts"), ...process.argv.slice(2)], {
		env: { ...process.env, INLAY_CHROMIUM: chromium },
	});
}

main().catch(fail);
