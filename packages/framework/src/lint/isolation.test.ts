import { expect, it } from "vitest";
import { isolationNeeds } from "./isolation-needs.ts";
import { lintFrameworkScript } from "./lint.ts";
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
	["true by another letter case", asking("{ Isolation: true }"), true],
	["yes, which the panel takes for true", asking("{ isolation: 'yes' }"), true],
	["a text that the panel takes for true", asking('{ isolation: "true" }'), true],
	["false", asking("{ isolation: false }"), false],
	["nothing", asking("{}"), false],
	["a comment", `// isolation: true\n${asking("{}")}`, false],
	["what nobody can know", asking("{ isolation: location.hash === '#x' }"), false],
	["no script", "isolation: true {", false],
])("a script that says %s is isolated, or is not", (_what, source, expected) => {
	expect(wantsIsolation(source)).toBe(expected);
});

const codes = (source: string, organization = {}) =>
	lintFrameworkScript(`${asking("{}")}\n${source}`, { organization })
		.map(({ code, line }) => `${line} ${code}`)
		.filter((each) => /isolation|page/.test(each));

it("what an isolated script lacks is told where the deployment isolates it, and nowhere else", () => {
	const source = 'open("https://crm.example.com");\nalert(1);\nlocalStorage.getItem("a");';
	expect(codes(source, { isolation: true })).toEqual(["2 isolation.lack", "3 isolation.lack"]);
	expect(codes(source)).toEqual([]);
});

it.each([
	['$(".x").hide();', ["2 page.name.missing"]],
	['if ("jQuery" in window) window.jQuery(".x");', []],
	['if ("angular" in window) window.angular.element("x");', []],
	['window.angular.element("x");', ["2 page.name.missing"]],
	['if (typeof $ !== "undefined") $(".x").hide();', []],
	['window.jQuery && window.jQuery(".x");', []],
	['window.jQuery?.(".x");', []],
	['window.$ = (name) => document.querySelector(name);\n$(".x");', []],
	["const $ = (name) => name;\n$(1);", []],
])("%s is told where pageCompatibility is off, and not where nobody knows or it is on", (source, expected) => {
	expect(codes(source, { pageCompatibility: false })).toEqual(expected);
	expect([codes(source), codes(source, { pageCompatibility: true })]).toEqual([[], []]);
});
