import { expect, it } from "vitest";
import { isolationNeeds } from "./isolation-needs.ts";
import { wantsIsolation } from "./wants-isolation.ts";

const needs = (source: string) => isolationNeeds(source)?.map(({ lack, line }) => `${lack} ${line}`);

it.each([
	["the page", 'document.querySelector(".x").click();', ["page 1"]],
	["jQuery", 'var a = 1;\n$(".x").hide();', ["page 2"]],
	["cookies", "const c = document.cookie;", ["cookies 1"]],
	["what a browser keeps", 'localStorage.getItem("pc_auth")', ["storage 1"]],
	["other windows", 'window.open("https://crm.example/x")', ["windows 1"]],
	["dialogs", 'if (confirm("Sure?")) go();', ["dialogs 1"]],
	["the page around", 'window.parent.document.title = "x"', ["parentPage 1"]],
	[
		"the outermost window, whose messages go past the panel",
		'top.postMessage("x", "https://a.example")',
		["parentPage 1"],
	],
	["the token", "PureCloud.User.getAuthToken(use)", ["token 1"]],
	[
		"everything that is isolated, too",
		'parent.postMessage("x", "https://crm.example"); addEventListener("message", f);',
		[],
	],
	["what is the script's own", "const open = () => 1; open(); const store = { open() {} }; store.open();", []],
	["requests", 'new XMLHttpRequest().open("GET", "https://api.example")', []],
	["a script element", 'document.head.appendChild(document.createElement("script"))', []],
])("a script that leans on %s is told so, with the line", (_what, source, expected) => {
	expect(needs(source)).toEqual(expected);
});

it("what is no script is not judged", () => {
	expect(isolationNeeds("window.Framework = {")).toBeUndefined();
});

const asking = (settings: string) => `window.Framework = { config: { name: "x", settings: ${settings} } };`;

it.each([
	["true", asking("{ isolation: true }"), true],
	["true by a name", `const settings = { isolation: true }; ${asking("settings")}`, true],
	["a text that the panel takes for true", asking('{ isolation: "true" }'), true],
	["false", asking("{ isolation: false }"), false],
	["nothing", asking("{}"), false],
	["a comment", `// isolation: true\n${asking("{}")}`, false],
	["what nobody can know", asking("{ isolation: location.hash === '#x' }"), false],
	["no script", "isolation: true {", false],
])("a script that says %s is isolated, or is not", (_what, source, expected) => {
	expect(wantsIsolation(source)).toBe(expected);
});
