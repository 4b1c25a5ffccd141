// npm run reset-password -- <user>: the way back in for whoever owns the machine, with the Node that Inlay runs on.
import { join } from "node:path";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

async function main() {
	const command = join(workspace, "packages", "cli", "src", "main.ts");
	process.exitCode = await handOver(await prepare(), [command, "reset-password", ...process.argv.slice(2)], {
		stdio: "inherit",
	});
}

main().catch(fail);
