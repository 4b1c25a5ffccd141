/** What can be typed behind `inlay`, read of the commands themselves. */

import { configFlags } from "@inlay/core/config/config-flags";
import type { Command, Option } from "commander";

/** One command by its words, such as `new framework`. */
export interface TypedCommand {
	words: readonly string[];
	description: string;
	flags: readonly TypedFlag[];
	/** Words that may follow, such as subcommands, topics or shells; where there are none, files do. */
	follows: readonly string[];
}

export interface TypedFlag {
	/** With its dashes. */
	name: string;
	description: string;
	/** Values that there are; empty where it takes none, or any. */
	values: readonly string[];
	takesValue: boolean;
}

/** The program itself first, with no words. */
export function commandTree(program: Command): TypedCommand[] {
	const below = (command: Command, words: readonly string[]): TypedCommand[] => {
		const inner = command.commands.filter((each) => each.name() !== "help" || words.length === 0);
		const own = { words, description: command.description(), flags: flagsOf(command), follows: followsOf(command) };
		return [own, ...inner.flatMap((each) => below(each, [...words, each.name()]))];
	};
	return below(program, []);
}

function followsOf(command: Command): string[] {
	const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
	return [...command.commands.map((each) => each.name()), ...choices];
}

function flagsOf(command: Command): TypedFlag[] {
	const own = command.options.flatMap((option) => (option.long ? [flagOf(option, option.long)] : []));
	// These are read by the server's configuration, and not by the program.
	return command.name() === "start" ? [...own, ...configFlags.map(startFlag)] : own;
}

function flagOf(option: Option, name: string): TypedFlag {
	const takesValue = option.required || option.optional;
	return { name, description: option.description, values: option.argChoices ?? [], takesValue };
}

function startFlag({ name, value, help }: { name: string; value?: string; help: string }): TypedFlag {
	return { name: `--${name}`, description: help, values: [], takesValue: value !== undefined };
}
