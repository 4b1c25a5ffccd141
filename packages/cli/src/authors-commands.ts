/** The commands for whoever writes a `framework.js`. What each needs is loaded when it runs: a server has no use for it. */
import { dirname } from "node:path";
import { Argument, type Command, Option } from "commander";
import type { BuildCommandOptions } from "./build/build-command.ts";
import type { DevOptions } from "./dev/dev-command.ts";
import { readCount, readSize, readTarget, usualSize } from "./flags.ts";
import type { LintCommandOptions } from "./lint/lint-command.ts";
import { type FrameworkKind, frameworkKinds } from "./new/kinds.ts";
import type { StepKind } from "./simulate/scenario.ts";
import type { SimulateOptions } from "./simulate/steps-of-options.ts";
import { testScripts } from "./testing/test-command.ts";

export function addAuthorsCommands(program: Command): void {
	addNew(program);
	addLint(program);
	addTest(program);
	addDev(program);
	addBuild(program);
	addSimulate(program);
}

const terminal = {
	out: (text: string) => process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
	err: (text: string) => console.error(text),
};

function addLint(program: Command): void {
	program
		.command("lint")
		.description("say what is wrong with framework.js files; exit code 1 where there is an error")
		.argument("<files...>", "scripts to read; - reads the standard input")
		.addOption(reportFormat())
		.option("--fix", "make the changes that are safe")
		.option("--review", "ask for what a public deployment must have as well")
		.option("--max-warnings <count>", "how many warnings are none", readCount)
		.action(async (files: string[], options: LintCommandOptions) => {
			const { lintFiles } = await import("./lint/lint-command.ts");
			process.exitCode = await lintFiles(files, options, { stdin: process.stdin, ...terminal });
		});
}

function addTest(program: Command): void {
	program
		.command("test")
		.description("run tests of framework.js files by the runner of the Node that Inlay runs on, which reads TypeScript")
		.argument("[files...]", "tests, or folders of them, as docs/framework-scripts.md shows them (all of this folder)")
		.action((files: string[]) => {
			process.exitCode = testScripts(files);
		});
}

function addDev(program: Command): void {
	program
		.command("dev")
		.description("run a framework.js or .ts in a real panel, live at each save, with an inspector beside it")
		.argument("[script]", "framework.ts or framework.js of this folder unless given")
		.option(
			"--url <address>",
			"a running Inlay; else this machine's, which is started with the demo if it does not run",
		)
		.option("--deployment <id>", "whose panel it is; needed where there are several, and none is the demo's own")
		.option("--as <user>", "user name of who signs in")
		.option("--port <port>", "port of the Inlay that is started (INLAY_PORT; 8080)")
		.option("--data <folder>", "folder that it keeps everything in (INLAY_DATA; ./data)")
		.option("--dev-port <port>", "port of the page that is opened (4300)", readCount)
		.option("--open", "open the page in the browser")
		.option("--https-cert <file>", "certificate for localhost, in PEM: the script is served by https, too")
		.option("--https-key <file>", "its key, in PEM")
		.option("--https-port <port>", "where (4343)", readCount)
		.action(async (script: string | undefined, options: DevOptions) => {
			const { develop } = await import("./dev/dev-command.ts");
			await develop(script, options, process.env);
		});
}

function addSimulate(program: Command): void {
	program
		.command("simulate")
		.description(
			"be customers of a running Inlay, and report what became of them; exit code 1 where something went wrong",
		)
		.addArgument(
			new Argument("[customer]", "what the customer does").choices([
				"call",
				"callback",
				"message",
				"webmessage",
				"email",
			]),
		)
		.option("--scenario <file>", "YAML or JSON: customers with their times (docs/developing.md)")
		.option("--rate <rate>", "as many as that, such as 5/min")
		.option("--for <time>", "for that long, such as 10m (1m)")
		.option("--url <address>", "the Inlay; this machine's unless given")
		.option("--to <number>", "number to call; the demo's service number unless given")
		.option("--origin <page>", "page in whose name calls are placed; the demo's customer page unless given")
		.option("--talk <time>", "how long a call, or a customer on a page, goes on once it is answered (10s)")
		.option("--name <name>", "the customer's name")
		.option("--text <text>", "what a message, webmessage or email says")
		.option("--subject <text>", "an email's subject")
		.option("--attach <file...>", "files that come with an email")
		.option("--messenger <id>", "messenger to write by; that of the demo's customer page unless given")
		.option(
			"--attribute <name=value...>",
			"what comes with a call, callback or webmessage, such as caseId=4711; several one after the other",
		)
		.option("--json", "the report as JSON")
		.action(async (customer: StepKind | undefined, options: SimulateOptions) => {
			const { simulate } = await import("./simulate/simulate-command.ts");
			process.exit(await simulate(customer, options, process.env));
		});
}

function addBuild(program: Command): void {
	program
		.command("build")
		.description("make one script for the panel of a framework.ts and what it imports, and say what is wrong with it")
		.argument("<entry>", "framework.ts or framework.js")
		.option("--out <file>", "file to write (of the entry's name, in dist/ beside it)")
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
		.action(async (entry: string, options: BuildCommandOptions) => {
			const { buildFramework } = await import("./build/build-command.ts");
			process.exitCode = await buildFramework(entry, options, terminal);
		});
}

function addNew(program: Command): void {
	const kinds = Object.keys(frameworkKinds) as FrameworkKind[];
	const said = kinds.map((kind) => `  ${kind.padEnd(10)} ${frameworkKinds[kind]}`).join("\n");
	program
		.command("new")
		.description("make a folder to start from")
		.command("framework")
		.description("a framework.ts with a test that passes")
		.argument("<folder>", "a new folder, or an empty one")
		.addOption(new Option("--kind <kind>", "what it does").choices(kinds).default("plain"))
		.addHelpText("after", `\nKinds:\n${said}`)
		.action(async (folder: string, { kind }: { kind: FrameworkKind }) => {
			const { newFramework } = await import("./new/new-framework.ts");
			process.exitCode = await newFramework(folder, kind, ownName(process.env), terminal);
		});
}

/** What people type for this command, from any folder. */
function ownName({ npm_lifecycle_event: script, npm_package_json: file }: NodeJS.ProcessEnv): string {
	return script === "inlay" && file ? `npm run -s --prefix ${dirname(file)} inlay --` : "npx inlay";
}

function reportFormat(): Option {
	return new Option("--format <format>", "for people or programs").choices(["text", "json", "sarif"]).default("text");
}
