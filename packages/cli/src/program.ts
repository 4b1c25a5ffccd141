import { version } from "@inlay/core/version";
import { Command } from "commander";
import { addAuthorsCommands } from "./authors-commands.ts";
import { addDoctor } from "./doctor/doctor-cli.ts";
import { addFileCommands } from "./file/file-commands.ts";
import { addHelpCommands } from "./help/help-commands.ts";
import type { RecoverOptions } from "./recover-admin.ts";
import type { ResetOptions } from "./reset-password.ts";
import { startHelp } from "./start-help.ts";
import { typedWrong, typedWrongCode } from "./typed-wrong.ts";

/** The `inlay` command. What one of its commands does is loaded with it: who lints waits for no server. */
export function createProgram(): Command {
	const program = new Command("inlay")
		.version(version, "--version", "say which Inlay this is")
		.description("A contact center inside any CRM, on your own machine.")
		.showHelpAfterError("inlay --help lists the commands.")
		// All commands below have it from here.
		.exitOverride(typedWrong(typedWrongCode));
	program
		.command("start")
		.description("start the server and, unless told otherwise, the demo beside it")
		.usage("[flags]")
		// The configuration reads the flags itself, together with the environment; see readConfig.
		.argument("[flags...]")
		.allowUnknownOption()
		.helpOption("--help", "show the flags")
		.addHelpText("after", startHelp)
		.action(async (flags: string[]) => {
			const { start } = await import("./start.ts");
			await start(flags, process.env);
		});
	program
		.command("reset-password")
		.description("give a user who cannot sign in any more a one-time password; the server may be running")
		.argument("<user>", "e-mail address or user name")
		.option("--remove-second-factor", "take the second factor away as well")
		.option("--data <folder>", "folder that Inlay keeps everything in (INLAY_DATA; ./data)")
		.option("--database-url <url>", "PostgreSQL server of the installation's own (DATABASE_URL)")
		.action(async (user: string, options: ResetOptions) => {
			const { resetUserPassword } = await import("./reset-password.ts");
			await resetUserPassword(user, options, process.env);
		});
	program
		.command("recover-admin")
		.description("make a user the administrator again, whatever was broken; the server may be running")
		.argument("<user>", "e-mail address or user name")
		.option("--create", "make the account where there is none of that name")
		.option("--remove-second-factor", "take the second factor away as well")
		.option("--remove-address-list", "let people sign in from every address again")
		.option("--data <folder>", "folder that Inlay keeps everything in (INLAY_DATA; ./data)")
		.option("--database-url <url>", "PostgreSQL server of the installation's own (DATABASE_URL)")
		.action(async (user: string, options: RecoverOptions) => {
			const { recoverAdministrator } = await import("./recover-admin.ts");
			await recoverAdministrator(user, options, process.env);
		});
	addDoctor(program);
	addAuthorsCommands(program);
	addFileCommands(program);
	addHelpCommands(program);
	return program;
}
