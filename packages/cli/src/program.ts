import { version } from "@inlay/core";
import { Command } from "commander";
import { addAuthorsCommands } from "./authors-commands.ts";
import { addHelpCommands } from "./help/help-commands.ts";
import { type ResetOptions, resetUserPassword } from "./reset-password.ts";
import { start } from "./start.ts";
import { startHelp } from "./start-help.ts";

/** The `inlay` command. */
export function createProgram(): Command {
	const program = new Command("inlay")
		.version(version, "--version", "say which Inlay this is")
		.description("A contact center inside any CRM, on your own machine.")
		.showHelpAfterError("inlay --help lists the commands.");
	program
		.command("start")
		.description("start the server and, unless told otherwise, the demo beside it")
		.usage("[flags]")
		// The configuration reads the flags itself, together with the environment; see readConfig.
		.argument("[flags...]")
		.allowUnknownOption()
		.helpOption("--help", "show the flags")
		.addHelpText("after", startHelp)
		.action((flags: string[]) => start(flags, process.env));
	program
		.command("reset-password")
		.description("give a user who cannot sign in any more a one-time password; the server may be running")
		.argument("<user>", "e-mail address or user name")
		.option("--remove-second-factor", "take the second factor away as well")
		.option("--data <folder>", "folder that Inlay keeps everything in (INLAY_DATA; ./data)")
		.option("--database-url <url>", "PostgreSQL server of the installation's own (DATABASE_URL)")
		.action((user: string, options: ResetOptions) => resetUserPassword(user, options, process.env));
	addAuthorsCommands(program);
	addHelpCommands(program);
	return program;
}
