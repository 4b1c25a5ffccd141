import { version } from "@inlay/core";
import { Command } from "commander";
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
	return program;
}
