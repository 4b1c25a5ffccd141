import { readdirSync, readFileSync } from "node:fs";
import { createContext, runInContext, Script } from "node:vm";
import { turnGuard } from "@inlay/contract/script-guards";
import { expect, test } from "vitest";
import { guardTurns } from "./guard-turns.ts";

const corpus = new URL("../../corpus/", import.meta.url);
const scripts = ["good", "faulty"].flatMap((kind) =>
	readdirSync(new URL(`${kind}/`, corpus)).map((name) => ({
		name,
		source: readFileSync(new URL(`${kind}/${name}`, corpus), "utf8"),
	})),
);

/** What a script's last expression is, and how often its guard was called. Ended after `most` turns. */
function run(source: string, most = 1000): { value: unknown; lines: number[] } {
	const lines: number[] = [];
	const turn = (line: number) => {
		lines.push(line);
		if (lines.length > most) throw new Error(`ended in line ${line}`);
	};
	return { value: runInContext(source, createContext({ [turnGuard]: turn })), lines };
}

test.each([
	["for (let i = 0; i < 3; i++) n++; n", 3],
	["for (const k of [1, 2]) { n += k } n", 2],
	["for (const k in { a: 1 }) n++, n++\nn", 1],
	["while (n < 2) n++; n", 2],
	["do n++\nwhile (n < 3)\nn", 3],
	["do { n++ } while (n < 3); n", 3],
	["outer: for (;;) for (;;) { n++; if (n > 2) break outer; else continue outer } n", 6],
	["for (var i = 0; i < 2; i++); i", 2],
	["for (const f of [(x) => x]) n = f(4)\nn", 2],
	["while (n < 1) var g = () => n++, h = g()\nn", 2],
	["[1, 2].map((x) => ({ x })).length", 2],
	["((a, b) => (a, b))(1, 2)", 1],
	["((a) => (b) => a + b)(1)(2)", 2],
	["(function () { 'use strict'\nreturn this })() === undefined", 1],
	["(function () { 'use strict'; return this })() === undefined", 1],
	["(() => { 'a'\n'b'\n; return 1 })()", 1],
	[
		"class A { #v = 1; constructor() { for (;;) break; } get v() { return this.#v } static { while (n < 1) n++; } } new A().v",
		4,
	],
	["class B extends Object { constructor() { super(); } } typeof new B()", 1],
	["function* g() { yield* [1, 2] } [...g()].length", 1],
	["`\x24{[1].map((x) => `\x24{x}`)}`", 1],
	["(({ a = () => 1 } = {}) => a())()", 2],
	["(x => x)\n(1)", 1],
	["var o = { async m() { for await (const a of []) a }, get p() { return 5 }, set p(v) {} }; o.p", 1],
	["if (true) function f() { return 7 }\nf()", 1],
	["<!-- a comment of old\nfor (;;) break", 1],
])("%s is what it was, and its turns are counted", (source, turns) => {
	const plain = run(`var n = 0; ${source}`);
	const guarded = run(guardTurns(`var n = 0; ${source}`) ?? "");
	expect({ ...guarded, lines: guarded.lines.length }).toEqual({ value: plain.value, lines: turns });
});

test.each([
	"for (;;);",
	"for (;;) {}",
	"while (true) try { for (;;); } catch {}",
	"for (;;) try { for (;;); } finally { continue; }",
	"(function again() { try { again() } catch {} again() })()",
	"[0].forEach(function each(x, i, all) { all.push(x) }); for (;;) [].concat(1)",
	"var all = [1]; all.forEach((x) => all.length = all.length); for (const x of all) all.push(x)",
	"'a'.replace(/a/, () => { for (;;); })",
	"({ get a() { while (1); } }).a",
])("%s ends", (source) => {
	expect(() => run(guardTurns(source) ?? "")).toThrow(/ended in line 1/);
});

test("the line of a turn, and all others, are the script's own", () => {
	const source = "// one\n'use strict'\nfunction f() {\n\n\tfor (const a of [1]) throw new Error(a);\n}\nf()";
	const guarded = guardTurns(source) ?? "";
	expect(guarded.split("\n").length).toBe(source.split("\n").length);
	const lines: number[] = [];
	expect(() => runInContext(guarded, createContext({ [turnGuard]: (line: number) => lines.push(line) }))).toThrow("1");
	expect(lines).toEqual([3, 5]);
});

test("a script that was guarded did nothing in a page that counts no turns", () => {
	const guarded =
		guardTurns("#!/usr/bin/env node\n'use strict'\nvar n = 0; for (; n < 3; n++); n + String(this)") ?? "";
	expect(runInContext(guarded, createContext({}))).toBe("3[object Object]");
	const bare = guardTurns("#!/usr/bin/env node\n// a comment\n[3].map((x) => x + 1)[0]") ?? "";
	expect(runInContext(bare, createContext({}))).toBe(4);
	expect(runInContext(guardTurns("'use strict'\n;(function () { return this })()") ?? "", createContext({}))).toBe(
		undefined,
	);
});

test("an inline worker, made of a function's text, and a sandbox by `with` met a guard that nobody has there", () => {
	const worker = "String(function work() { var n = 0; for (var i = 0; i < 4; i++) n += i; return n; })";
	const text = String(run(guardTurns(worker) ?? "").value);
	expect(runInContext(`(${text})()`, createContext({}))).toBe(6);
	const sandbox =
		"var o = { x: 1 }; with (new Proxy(o, { has: () => true })) { (function () { for (var i = 0; i < 1; i++) x = 2; })(); } o.x";
	expect(run(guardTurns(sandbox) ?? "").value).toBe(2);
});

test("what is no classic script is left as it is", () => {
	expect([guardTurns("import a from 'b'"), guardTurns("for (;;"), guardTurns("await 1")]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
	expect([guardTurns(""), guardTurns("f();")]).toEqual(["", "f();"]);
});

test.each(scripts)("$name can be read with its guards, and has as many lines", ({ name, source }) => {
	const guarded = guardTurns(source);
	if (guarded === undefined) return expect(() => new Script(source), name).toThrow();
	expect(() => new Script(guarded)).not.toThrow();
	expect(guarded.split(/\r\n|[\n\r\u2028\u2029]/).length).toBe(source.split(/\r\n|[\n\r\u2028\u2029]/).length);
	// Without what was put in, it is the same.
	const guard = new RegExp(`;?typeof ${turnGuard}=="function"&&${turnGuard}\\(\\d+\\)[;,]`, "g");
	const bare = guarded.replace(guard, "").replace(/[{}();\s]/g, "");
	expect(bare).toBe(source.replace(/[{}();\s]/g, ""));
});
