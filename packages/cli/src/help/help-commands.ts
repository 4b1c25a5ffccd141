/** `inlay help` and `inlay completion`. */
import { Argument, type Command } from "commander";
import { commandTree } from "./command-tree.ts";
import { completionFor, type Shell, shells } from "./completion.ts";
import { isTopic, pageOf, topicList, topics } from "./topics.ts";

/** To be called when all others are there. */
export function addHelpCommands(program: Command): void {
	program
		.command("completion")
		.description("print what a shell offers behind inlay, as a script that it sources")
		.addArgument(new Argument("<shell>", "whose").choices(shells))
		.action((shell: Shell) => {
			process.stdout.write(completionFor(shell, commandTree(program)));
		});
	// A command may be a topic too, as doctor is.
	const names = [...new Set([...program.commands.map((each) => each.name()), ...Object.keys(topics)])];
	program
		.helpCommand(false)
		.addHelpText("after", topicList())
		.command("help")
		.description("print a page about a command or a topic")
		.addArgument(new Argument("[topic]", "a command or a topic").choices(names))
		.action((name: string | undefined) => {
			const command = program.commands.find((each) => each.name() === name);
			if (name !== undefined && isTopic(name)) process.stdout.write(pageOf(name));
			else (command ?? program).outputHelp();
		});
}
