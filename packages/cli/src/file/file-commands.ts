/** The commands about `inlay.yaml`. What they do is loaded when one of them runs. */
import { createInterface } from "node:readline/promises";
import { type Command, Option } from "commander";
import { type FrameworkKind, frameworkKinds } from "../new/kinds.ts";
import { typedWrong } from "../typed-wrong.ts";
import type { ExitCode, FileCommand, FileOptions, FilePorts, InitCommandOptions } from "./commands.ts";

const usualFile = "inlay.yaml";
const fileArgument = ["[file]", `the file (${usualFile})`] as const;

export function addFileCommands(program: Command): void {
	addInit(program);
	withAddress(program.command("plan"))
		.exitOverride(typedWrong(1))
		.description("say what would be done for the organization to have what inlay.yaml says; exit code 2 where anything")
		.argument(...fileArgument)
		.option("--json", "for programs")
		.action((file: string | undefined, options: FileOptions) =>
			run(async (command) => (await import("./commands.ts")).plan(file ?? usualFile, options, command)),
		);
	withAddress(program.command("apply"))
		.description("do it, after a question; again it does nothing, and what was cut short is finished")
		.argument(...fileArgument)
		.option("--yes", "without a question")
		.action((file: string | undefined, options: FileOptions) =>
			run(async (command) => (await import("./commands.ts")).apply(file ?? usualFile, options, command)),
		);
	withAddress(program.command("diff"))
		.exitOverride(typedWrong(1))
		.description("what differs between inlay.yaml and the organization, or two files; exit code 2 where anything")
		.argument(...fileArgument)
		.argument("[other]", "another file, instead of the organization")
		.action((file: string | undefined, other: string | undefined, options: FileOptions) =>
			run(async (command) => (await import("./commands.ts")).diff(file ?? usualFile, other, options, command)),
		);
	withAddress(program.command("export"))
		.description("write the organization as a file, with its scripts beside it and without secrets")
		.argument(...fileArgument)
		.action((file: string | undefined, options: FileOptions) =>
			run(async (command) => (await import("./commands.ts")).exportTo(file ?? usualFile, options, command)),
		);
	withAddress(program.command("destroy"))
		.description("delete what inlay.yaml describes, after a question")
		.argument(...fileArgument)
		.option("--yes", "without a question")
		.action((file: string | undefined, options: FileOptions) =>
			run(async (command) => (await import("./commands.ts")).destroy(file ?? usualFile, options, command)),
		);
}

function addInit(program: Command): void {
	const kinds = Object.keys(frameworkKinds) as FrameworkKind[];
	program
		.command("init")
		.description("write an inlay.yaml to start from, with a framework.js beside it: the configuration guide's path")
		.argument("[folder]", "where (this folder)")
		.addOption(
			new Option("--kind <kind>", "what the script does; see inlay new framework").choices(kinds).default("plain"),
		)
		.option("--url <address>", "the Inlay that it is for; this machine's unless given")
		.option("--region <region>", "region of the platform that it is for, such as mypurecloud.de")
		.option("--origin <page>", "page that embeds the panel, such as https://crm.example.com")
		.action((folder: string | undefined, options: InitCommandOptions) =>
			run(async (command) => (await import("./commands.ts")).init(folder ?? ".", options, command)),
		);
}

function withAddress(command: Command): Command {
	return command
		.option("--url <address>", "the Inlay (INLAY_URL); this machine's unless given")
		.option("--region <region>", "region of the platform instead, such as mypurecloud.de")
		.option("--data <folder>", "folder of a demo on this machine, whose own client is taken (INLAY_DATA; ./data)");
}

/** For CI, 1 is a mistake and 2 a difference: nothing else may end like either. */
async function run(work: (command: FileCommand) => Promise<ExitCode>): Promise<void> {
	try {
		process.exitCode = await work({ env: process.env, ports: terminal() });
	} catch (error) {
		console.error(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	}
}

function terminal(): FilePorts {
	return {
		out: (text) => process.stdout.write(`${text}\n`),
		err: (text) => console.error(text),
		isTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
		async ask(question) {
			const lines = createInterface({ input: process.stdin, output: process.stderr });
			try {
				return await lines.question(question);
			} finally {
				lines.close();
			}
		},
	};
}
