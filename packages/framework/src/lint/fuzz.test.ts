import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { applyFixes } from "./fix.ts";
import { lintFrameworkScript } from "./lint.ts";

const folder = new URL("../../corpus/", import.meta.url);
const corpus = ["faulty", "good"].flatMap((kind) =>
	readdirSync(new URL(`${kind}/`, folder)).map((name) => readFileSync(new URL(`${kind}/${name}`, folder), "utf8")),
);

/** Numbers from 0 on that are the same each time. */
function randomNumbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state % below;
	};
}

const pieces = [
	"(",
	"}",
	"=>",
	"...",
	"`",
	"this",
	"async ",
	"?.",
	"=",
	"Framework",
	"null",
	"[",
	"\n",
	"/*",
	"class A{}",
	"\u2028",
	"({a:",
	"await ",
];

/** One edit as a slip of the hand makes it: letters lost, doubled, swapped with another place, or something foreign in between. */
function mutated(source: string, random: (below: number) => number): string {
	const [at, length] = [random(source.length), 1 + random(12)];
	const cut = source.slice(at, at + length);
	switch (random(4)) {
		case 0:
			return source.slice(0, at) + source.slice(at + length);
		case 1:
			return source.slice(0, at) + cut + source.slice(at);
		case 2:
			return source.slice(0, at) + pieces[random(pieces.length)] + source.slice(at);
		default: {
			const other = random(source.length);
			return source.slice(0, at) + source.slice(other, other + length) + source.slice(at + length);
		}
	}
}

it("2,000 scripts with slips in them: never throws, and points into the script", () => {
	const random = randomNumbers(20_261_127);
	let readable = 0;
	for (let turn = 0; turn < 2000; turn += 1) {
		const source = mutated(corpus[turn % corpus.length] ?? "", random);
		const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
		const findings = lintFrameworkScript(source, { review: turn % 2 === 0 });
		if (!findings.some(({ code }) => code === "script.syntax")) readable += 1;
		for (const { line, column, endLine, endColumn } of findings) {
			const isInside = line >= 1 && endLine <= lines.length && column <= (lines[line - 1] ?? "").length + 1;
			if (!isInside || endLine < line || (endLine === line && endColumn < column))
				expect.fail(`${line}:${column} of\n${source}`);
		}
	}
	// Else only the parser was tried.
	expect(readable).toBeGreaterThan(500);
});

it("what nests deeper than a stack is refused, not fallen over", () => {
	const deep = (open: string, close: string) => `window.Framework = ${open.repeat(20_000)}1${close.repeat(20_000)};`;
	for (const source of [deep("[", "]"), deep("(", ")"), deep("{a:", "}"), deep("-", ""), deep("x=>", "")])
		expect(() => lintFrameworkScript(source)).not.toThrow();
	// A chain of calls nests to the left, which the parser reads in a loop.
	expect(lintFrameworkScript(`window.Framework = {};\nvar a = {}; a${".b()".repeat(20_000)};`)).toEqual(
		expect.any(Array),
	);
});

it("every fix takes its finding away, and leaves JavaScript with nothing more to fix", () => {
	let fixes = 0;
	for (const source of corpus) {
		const before = lintFrameworkScript(source);
		const { source: after, fixed } = applyFixes(source, before);
		fixes += fixed;
		const left = lintFrameworkScript(after).map(({ code, fix }) => ({ code, fix }));
		for (const { code } of before.filter(({ fix }) => fix))
			expect(left).not.toContainEqual(expect.objectContaining({ code }));
		expect(
			left.filter(({ code, fix }) => fix || (fixed > 0 && code === "script.syntax")),
			after,
		).toEqual([]);
	}
	expect(fixes).toBeGreaterThanOrEqual(7);
});

it("an object that is built of its own parts took all time there is", () => {
	const own = "o.a = { x: o.a, y: o.b }; o.b = { x: o.b, y: o.a }; o.c = o;".repeat(40);
	const source = `var o = {}; ${own} window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [], settings: { own: o.a } }, initialSetup() {}, screenPop() {} };`;
	expect(lintFrameworkScript(source).some(({ severity }) => severity === "error")).toBe(false);
});

it("a script that asks an object for a name of its own fell over the linter", () => {
	for (const name of ["hasOwnProperty", "toString", "constructor", "__proto__", "valueOf"])
		expect(lintFrameworkScript(`window.Framework = {}; PureCloud.${name}("x"); PureCloud.User.${name}("x");`)).toEqual(
			expect.any(Array),
		);
});

it("rules of lists that hold each other many times took all time there is", () => {
	const lists = "bcdefgh".split("").map((name, at) => `var ${name} = [${Array(40).fill("abcdefg"[at])}];`);
	const source = `var a = [unknown];\n${lists.join("\n")}\nwindow.Framework = {}; PureCloud.Inlay.request("arrangeUi", { ui: { hide: h } });`;
	expect(lintFrameworkScript(source)).toEqual(expect.any(Array));
});
