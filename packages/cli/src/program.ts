import { spawnSync } from "node:child_process";
import { version } from "@inlay/core";
import { Command, InvalidArgumentError, Option } from "commander";
import type { BuildCommandOptions } from "./build/build-command.ts";
import type { DevOptions } from "./dev/dev-command.ts";
import type { LintCommandOptions } from "./lint/lint-command.ts";
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
	addLint(program);
	addTest(program);
	addDev(program);
	addBuild(program);
	return program;
}

const terminal = {
	out: (text: string) => process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
	err: (text: string) => console.error(text),
};

function addLint(program: Command): void {
	program
		.command("lint")
		.description("say what is wrong with framework.js files; exit code 1 where something is")
		.argument("<files...>", "scripts to read; - reads the standard input")
		.addOption(reportFormat())
		.option("--fix", "make the changes that are safe")
		.option("--review", "ask for what a public deployment must have as well")
		.option("--max-warnings <count>", "how many warnings are none", readCount)
		.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
		.action(async (files: string[], options: LintCommandOptions) => {
			// Its parser is of no use to a server that starts.
			const { lintFiles } = await import("./lint/lint-command.ts");
			process.exitCode = await lintFiles(files, options, { stdin: process.stdin, ...terminal });
		});
}

function addTest(program: Command): void {
	program
		.command("test")
		.description("run tests of framework.js files by the runner of the Node that Inlay runs on, which reads TypeScript")
		.argument("<files...>", "tests, as docs/framework-scripts.md shows them")
		.action((files: string[]) => {
			const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
			process.exitCode = status ?? 1;
		});
}

function addDev(program: Command): void {
	program
		.command("dev")
		.description("run a framework.js or .ts in a real panel, live at each save")
		.argument("[script]", "framework.ts or framework.js of this folder unless given")
		.option(
			"--url <address>",
			"a running Inlay; else this machine's, which is started with the demo if it does not run",
		)
		.option("--deployment <id>", "whose panel it is; needed where several allow development")
		.option("--as <user>", "user name of who signs in")
		.option("--port <port>", "port of the Inlay that is started (INLAY_PORT; 8080)")
		.option("--data <folder>", "folder that it keeps everything in (INLAY_DATA; ./data)")
		.option("--dev-port <port>", "port of the page that is opened (4300)", readCount)
		.option("--open", "open the page in the browser")
		.action(async (script: string | undefined, options: DevOptions) => {
			const { develop } = await import("./dev/dev-command.ts");
			await develop(script, options, process.env);
		});
}

function addBuild(program: Command): void {
	program
		.command("build")
		.description("make one script for the panel of a framework.ts and what it imports, and say what is wrong with it")
		.argument("<entry>", "framework.ts or framework.js")
		.option("--out <file>", "file to write (dist/framework.js beside the entry)")
		.option("--readable", "as it is written, instead of minified")
		.option(
			"--target <syntax>",
			"syntax that browsers have to know, es2015 to es2025 (es2022, which the panel needs)",
			readTarget,
		)
		.option(
			"--max-size <size>",
			"bytes that it may have, as 64kB; 1 MiB is what a deployment takes",
			readSize,
			usualSize,
		)
		.option("--no-source-map", "no framework.js.map beside it")
		.option("--no-run", "do not run it, without a browser, to see that it sets window.Framework")
		.option("--review", "ask for what a public deployment must have as well")
		.option("--max-warnings <count>", "how many warnings are none", readCount)
		.addOption(reportFormat())
		.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
		.action(async (entry: string, options: BuildCommandOptions) => {
			// The bundler is of no use to a server that starts.
			const { buildFramework } = await import("./build/build-command.ts");
			process.exitCode = await buildFramework(entry, options, terminal);
		});
}

function reportFormat(): Option {
	return new Option("--format <format>", "for people or programs").choices(["text", "json", "sarif"]).default("text");
}

/** What a panel loads on every start stays small unless somebody says otherwise. */
const usualSize = 100_000;

function readSize(text: string): number {
	const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\s*(b|kb|kib|mb|mib)?$/i.exec(text) ?? [];
	if (count === undefined) throw new InvalidArgumentError("It has to be a size, as 64kB or 65536.");
	const units: Record<string, number> = { kb: 1000, kib: 1024, mb: 1_000_000, mib: 1_048_576 };
	return Math.round(Number(count) * (units[unit.toLowerCase()] ?? 1));
}

function readTarget(text: string): string {
	const year = Number(/^es(20\d\d)$/i.exec(text)?.[1]);
	if (!(year >= 2015 && year <= 2025)) throw new InvalidArgumentError("It has to be es2015 to es2025.");
	return text.toLowerCase();
}

function readCount(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It has to be a number.");
	return Number(text);
}
