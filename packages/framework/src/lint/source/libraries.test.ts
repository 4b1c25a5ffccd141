import { expect, it } from "vitest";
import { librariesIn } from "./libraries.ts";
import { parseScript } from "./parse.ts";

const long = `function pad() { ${"var one = 1;\n".repeat(200)} }`;
const namesIn = (source: string) => {
	const parsed = parseScript(source);
	if ("failure" in parsed) throw new Error(parsed.failure.message);
	return librariesIn(source, parsed.program).map(({ name }) => name);
};

it.each([
	["/*! jQuery v3.7.1 | (c) OpenJS Foundation */", "jQuery 3.7.1"],
	["/*! @license DOMPurify 3.5.0 | (c) Cure53 */", "DOMPurify 3.5.0"],
	["/**\n * core-js 3.50.0\n * license: https://example.com\n */", "core-js 3.50.0"],
	["/**\n * @license\n * Lodash <https://lodash.com/>\n */\n;", "Lodash"],
	["/**\n * @license Apache License 2.0 https://example.com\n */", "a library"],
])("%s names a library", (comment, name) => {
	expect(namesIn(`${comment}(function () { ${long} })();\nwindow.Framework = {};`)).toEqual([name]);
});

it("knows one by its shape: for every kind of page, or in one line", () => {
	expect(
		namesIn(`(function (f) { typeof exports === "object" ? f(exports) : define(f); })(() => { ${long} });`),
	).toEqual(["a library"]);
	expect(namesIn(`!function(){${"var one=1;".repeat(300)}}();`)).toEqual(["a library"]);
});

it("what knows of the panel is the script's own, whatever its shape, and so is what is short or written by hand", () => {
	expect(namesIn(`!function(){${"var one=1;".repeat(300)}window.PureCloud.subscribe([])}();`)).toEqual([]);
	expect(namesIn("/*! Widgets v1.0 */ (function () {})();")).toEqual([]);
	expect(namesIn(`(function () { ${long} })();`)).toEqual([]);
});
