import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { reloadable } from "./reloadable.ts";

/** Runs it as a page would, as often as it is saved. */
function runTwice(source: string, globals: Record<string, unknown> = {}) {
	globals.window = globals;
	vm.createContext(globals);
	const { code, mayReplace } = reloadable(source);
	vm.runInContext(code, globals);
	vm.runInContext(code, globals);
	return { globals, mayReplace, code };
}

describe("a script that runs again in the same window", () => {
	it("may have constants and classes, and its variables and functions reach the window", () => {
		const source = "const a = 1; let b = 2; class C {}\nvar d = a + b; function e() { return d; } leaked = new C();";
		const { globals, mayReplace } = runTwice(source);
		expect(mayReplace).toBe(true);
		expect([globals.d, typeof globals.e, typeof globals.leaked]).toEqual([3, "function", "object"]);
	});

	it("calls a function that stands below, and keeps its strict mode", () => {
		const { globals } = runTwice(
			'"use strict"; window.seen = below(); function below() { return this === undefined; }',
		);
		expect(globals.seen).toBe(true);
	});

	it("ends in a comment", () => {
		expect(runTwice("window.x = 1; // the end").globals.x).toBe(1);
	});

	it("keeps each line, and the columns behind a message", () => {
		const source = "const a = 1;\n  parent.postMessage(a, here); throw up;\n";
		const [, second] = reloadable(source).code.split("\n");
		expect(second?.indexOf("throw")).toBe(source.split("\n")[1]?.indexOf("throw"));
	});

	it("is run by a page that is loaded anew where a block would not have it", () => {
		expect(reloadable("function a() {} var a = 1;")).toEqual({ code: "function a() {} var a = 1;", mayReplace: false });
	});
});

describe("what a script posts", () => {
	const posting = (source: string) => {
		const posted: unknown[] = [];
		const target = { postMessage: (...given: unknown[]) => posted.push(given) };
		const tap =
			(to: unknown) =>
			(...given: unknown[]) =>
				posted.push([to === target, ...given]);
		runTwice(source, { parent: target, $inlayPost: tap });
		return posted[0];
	};

	it.each([
		"parent.postMessage('a', '*')",
		"window.parent.postMessage('a', '*')",
		"(window.parent || window).postMessage('a', '*')",
		"window\n  .parent\n  .postMessage('a', '*')",
		"(parent.postMessage)('a', '*')",
	])("is seen: %s", (source) => expect(posting(source)).toEqual([true, "a", "*"]));

	it("goes its own way where the method is handed on", () => {
		expect(posting("parent?.postMessage('a'); ")).toEqual(["a"]);
	});
});
