// npm run -s inlay -- lint framework.js: the inlay command with the Node that Inlay runs on, from the folder one stands in.
import { join } from "node:path";
import { buildBundles } from "./build.mjs";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

async function main() {
	const node = await prepare();
	// What may start a server needs what browsers load.
	if (process.argv[2] === "dev") await buildBundles(workspace, node);
	const command = join(workspace, "packages", "cli", "src", "main.ts");
	// npm runs scripts in the workspace's folder, and names are those of where it was called.
	const cwd = process.env.INIT_CWD ?? process.cwd();
	process.exitCode = await handOver(node, [command, ...process.argv.slice(2)], { cwd });
}

main().catch(fail);
