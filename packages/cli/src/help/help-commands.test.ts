import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { createProgram } from "../program.ts";
import { commandTree } from "./command-tree.ts";
import { completionFor } from "./completion.ts";
import { pageOf, type Topic, topics } from "./topics.ts";

const tree = commandTree(createProgram());

/** What bash would offer behind these words; the last one is being typed. */
function offered(...words: string[]): string[] {
	const line = ["inlay", ...words].map((word) => `'${word}'`).join(" ");
	const script = `${completionFor("bash", tree)}
COMP_WORDS=(${line}); COMP_CWORD=${words.length}; cd /; _inlay; printf '%s\\n' "\${COMPREPLY[@]}"`;
	return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
}

describe("completion", () => {
	it("offers commands, what follows them, and their flags", () => {
		expect(offered("b")).toEqual(["build"]);
		expect(offered("new", "")).toContain("framework");
		expect(offered("lint", "--f")).toEqual(["--format", "--fix"]);
		expect(offered("new", "framework", "my", "--k")).toEqual(["--kind"]);
		expect(offered("start", "--panel-")).toEqual(expect.arrayContaining(["--panel-port"]));
		expect(offered("help", "gl")).toEqual(["glossary"]);
	});

	it("offers the values that a flag has, and files where nothing else fits", () => {
		expect(offered("lint", "--format", "")).toEqual(["text", "json", "sarif"]);
		expect(offered("lint", "--format", "json", "et")).toEqual(["etc"]);
	});

	it.each(["zsh", "fish"] as const)("is a script that %s reads, where there is one", (shell) => {
		const script = completionFor(shell, tree);
		expect(script).toContain("inlay");
		const { error, status, stderr } = spawnSync(shell, ["-n"], { input: script, encoding: "utf8" });
		if (!error) expect([status, stderr]).toEqual([0, ""]);
	});
});

it("a command that is a topic too was listed twice", () => {
	const names = tree.find(({ words }) => words.join() === "help")?.follows ?? [];
	expect(names.length).toBe(new Set(names).size);
	expect(names).toContain("doctor");
});

it.each<[code: number, ...words: string[]]>([
	[2, "nosuch"],
	[2, "help", "nosuch"],
	[2, "completion"],
	[2, "lint"],
	[2, "new", "framework"],
	[2, "simulate", "fax"],
	[1, "plan", "--nosuch"],
	[1, "doctor", "--nosuch"],
	[0, "lint", "--help"],
])("the same mistake ended commands by different codes: %i for %s %s", async (code, ...words) => {
	const exit = vi.spyOn(process, "exit").mockImplementation((given) => {
		throw new Error(`exit ${given}`);
	});
	const program = createProgram();
	const silent = (each: typeof program): void => {
		each.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
		each.commands.forEach(silent);
	};
	silent(program);
	await expect(program.parseAsync(["node", "inlay", ...words])).rejects.toThrow(`exit ${code}`);
	exit.mockRestore();
});

it.each(Object.keys(topics) as Topic[])("the page about %s is there", (topic) => {
	expect(pageOf(topic)).toMatch(/^# /);
});

it("a reader that has read enough, as head has, ended the command in an error of its own", async () => {
	const main = new URL("../main.ts", import.meta.url).pathname;
	const child = spawn(process.execPath, [main, "help", "contract"], { stdio: ["ignore", "pipe", "pipe"] });
	child.stdout.destroy();
	let complaint = "";
	child.stderr.on("data", (text) => {
		complaint += text;
	});
	const [code] = await once(child, "close");
	expect([code, complaint]).toEqual([0, ""]);
});
