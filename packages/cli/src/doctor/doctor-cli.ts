import type { Command } from "commander";
import { typedWrong } from "../typed-wrong.ts";
import type { DoctorOptions } from "./doctor-command.ts";

/** The command; what it does is loaded with it. */
export function addDoctor(program: Command): void {
	program
		.command("doctor")
		.description("say what is wrong, where, and what to do; exit code 2 where somebody cannot work by it")
		.option("--url <address>", "an Inlay elsewhere (INLAY_URL; this machine's)")
		.option("--region <name>", "another organization of the platform by its region, such as mypurecloud.de")
		.option("--data <folder>", "folder that this machine's Inlay keeps everything in (INLAY_DATA; ./data)")
		.option("--json", "for programs")
		.option("--fix", "take the safe steps: add redirect URIs and scopes, enable, activate")
		.addHelpText(
			"after",
			"\nOn the machine itself nobody has to sign in. Elsewhere, and for --fix: INLAY_CLIENT_ID with INLAY_CLIENT_SECRET, or INLAY_TOKEN.\nExit codes: 0 nothing that keeps anybody from working, 1 could not be looked at, 2 errors (docs/doctor.md).",
		)
		.exitOverride(typedWrong(1))
		.action(async (options: DoctorOptions) => {
			const { runDoctor } = await import("./doctor-command.ts");
			process.exitCode = await runDoctor(options, {
				out: (text) => console.log(text),
				err: (text) => console.error(text),
				env: process.env,
				isTerminal: process.stdin.isTTY === true,
			});
		});
}
