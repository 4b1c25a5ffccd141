// npm run -s inlay -- lint framework.js: the inlay command with the Node that Inlay runs on, from the folder one stands in.
import { join } from "node:path";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

async function main() {
	const command = join(workspace, "packages", "cli", "src", "main.ts");
	// npm runs scripts in the workspace's folder, and names are those of where it was called.
	const cwd = process.env.INIT_CWD ?? process.cwd();
	process.exitCode = await handOver(await prepare(), [command, ...process.argv.slice(2)], { cwd });
}

main().catch(fail);
