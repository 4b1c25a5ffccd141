// npm start: from a fresh clone to a running Inlay.
import { join } from "node:path";
import { buildBundles } from "./build.mjs";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

/** Answered by the command alone. */
const isQuestion = process.argv.slice(2).some((word) => ["--help", "-h", "--version"].includes(word));

async function main() {
	const node = await prepare();
	if (!isQuestion) await buildBundles(workspace, node);
	const command = join(workspace, "packages", "cli", "src", "main.ts");
	// The fourth descriptor is a pipe that nobody writes to: its end tells the server that this script is gone.
	process.exitCode = await handOver(node, [command, "start", ...process.argv.slice(2)], {
		stdio: ["inherit", "inherit", "inherit", "pipe"],
		env: { ...process.env, INLAY_LIFELINE: "3" },
	});
}

main().catch(fail);
