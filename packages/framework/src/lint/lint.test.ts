import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintFrameworkScript } from "./lint.ts";

/** These are excerpts: what they call is not in them. */
const lint = (source: string, review = false) =>
	lintFrameworkScript(source, { review }).filter(({ code }) => code !== "name.unknown");
const codes = (source: string, review = false) => lint(source, review).map((problem) => problem.code);

const GOOD = `
window.Framework = {
	config: { name: "a", clientIds: { inlay: "x" }, customInteractionAttributes: ["A"], settings: { searchTargets: ["people"] } },
	screenPop(searchString, interaction) { send(searchString, interaction); },
};`;

describe("the linter", () => {
	it("a client that the organization does not have stood among regions left empty, as samples have them, and was not told", () => {
		const organization = { clientIds: ["known"] };
		const of = (ids: string) =>
			lintFrameworkScript(`window.Framework = { config: { name: "n", clientIds: ${ids} } };`, { organization }).map(
				({ code }) => code,
			);
		expect(of('{ "mypurecloud.com": "other", "mypurecloud.ie": "", "mypurecloud.de": "" }')).toEqual([
			"client.unknown",
		]);
		expect(of('{ "mypurecloud.com": "known", "mypurecloud.ie": "other", "mypurecloud.de": "" }')).toEqual([]);
		expect(of('{ "mypurecloud.com": "", "mypurecloud.ie": "" }')).toEqual([]);
	});

	it("has nothing to say about a good script and about our sample", () => {
		expect(lint(GOOD)).toEqual([]);
		const sample = readFileSync(new URL("../../sample/framework.js", import.meta.url), "utf8");
		expect(lint(sample)).toEqual([]);
	});

	it("reads a bundle whose function has more statements than a call takes arguments", () => {
		const source = `window.Framework = { config: { name: "n", clientIds: {} }, initialSetup() {${";".repeat(170_000)}} };`;
		expect(codes(source)).toEqual([]);
	});

	it("names the line of a syntax error", () => {
		expect(lint("var a;\nvar = 2;")).toMatchObject([{ code: "script.syntax", line: 2 }]);
		expect(lintFrameworkScript("window.Framework = {\n config: { \n")).toMatchObject([
			{ code: "script.syntax", line: 3 },
		]);
		expect(codes("import x from 'y'; window.Framework = {};")).toEqual(["script.is.module"]);
	});

	it("finds the framework wherever and however it is assigned", () => {
		for (const form of [
			"var Framework = F;",
			"Framework = F",
			'window["Framework"] = F;',
			"function init(m) { window.Framework = F; }",
			"(() => { globalThis.Framework = F })()",
		]) {
			const source = `var S = { theme: { primary: "#HHH" } }; var F = { config: { name: "n", clientIds: {}, customInteractionAttributes: [], settings: S } }; ${form}`;
			expect(codes(source), form).toEqual(["theme.colour.invalid"]);
		}
		expect(codes("var x = 1; // window.Framework = {}")).toEqual(["framework.missing"]);
		expect(codes("window.Framework = build();")).toEqual([]);
		expect(codes("const Framework = build();")).toEqual(["framework.lexical"]);
		expect(codes("class Framework { static config = {}; }")).toEqual(["framework.lexical"]);
		expect(codes("function Framework() {}\nFramework.config = { name: 'n', clientIds: {} };")).toEqual([]);
		expect(codes("const Framework = build(); window.Framework = Framework;")).toEqual([]);
	});

	it("a function that gives back a configuration, which the panel never calls, passed", () => {
		const config = "{ config: { name: 'n', clientIds: {} } }";
		for (const source of [
			`function Framework() { return ${config}; }`,
			`function Framework() { this.config = { name: 'n', clientIds: {} }; }\nFramework.prototype.pop = function () {};`,
			`window.Framework = function () { return ${config}; };`,
			`function Framework() { return ${config}; }\nwindow.Framework = Framework;\nFramework();`,
			`window.Framework = () => (${config});`,
		])
			expect(codes(source), source).toEqual(["framework.function"]);
		for (const source of [
			"function Framework() {}\nwindow.Framework.config = { name: 'n', clientIds: {} };",
			"function Framework() {}\nObject.assign(Framework, { config: read() });",
			"function Framework() { this.config = read(); }\nFramework.call(Framework);",
			`function Framework() { return ${config}; }\nwindow.Framework = Framework();`,
			"var own = window.Framework = function () {};\nown.config = read();",
			"window.Framework = class { static config = read(); };",
		])
			expect(codes(source), source).not.toContain("framework.function");
	});

	it("finds misplaced, misspelt and unusable settings with their lines", () => {
		const found = lint(`window.Framework = {
  display: {},
  config: { name: "n", clientIds: {}, customInteractionAttributes: [],
    hideCallLogSubject: true,
    settings: {
      theme: { primary: "#HHH" },
      searchTargets: ["people", "frameworkcontacts", "cats"],
      enableCallLogs: "perhaps"
    } },
  contactSearch: function (value, onSuccess) { onSuccess([]); }
};`);
		expect(found.map((problem) => [problem.code, problem.line])).toEqual([
			["config.misplaced", 2],
			["config.misplaced", 4],
			["theme.colour.invalid", 6],
			["setting.name.unknown", 7],
			["setting.not.boolean", 8],
		]);
	});

	it("a misspelt setting beside the right one was taken in silence", () => {
		const of = (settings: string, after = "") =>
			lintFrameworkScript(
				`window.Framework = { config: { name: "n", clientIds: {}, settings: { ${settings} } } }; ${after}`,
			)
				.filter(({ code }) => code === "key.misspelt")
				.map(({ path, message }) => `${path} ${message}`);
		expect(of("enableCallLogs: true, enableCalLogs: true")).toEqual([
			"config.settings.enableCalLogs Remove enableCalLogs: the panel does not know it, and takes enableCallLogs, which stands beside it.",
		]);
		expect(of("callControls: [], callControl: 1", "alert(Framework.config.settings.callControl);")).toEqual([]);
		expect(of("enableConfigurableCallerID: true, enableConfigurableCallerId: true")).toEqual([]);
	});

	it("an attribute was read by its own case, and nothing said it", () => {
		const of = (pop: string, before = "") =>
			lintFrameworkScript(
				`window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: ["caseid"] }, ${before} screenPop: ${pop} };`,
			).map(({ code, fix }) => `${code} ${fix?.text}`);
		const found = ["attribute.case caseid"];
		expect(of("function (s, i) { open(i.attributes.caseId); }")).toEqual(found);
		expect(of("function (s, i) { open(i.attributes?.caseId); open(i.attributes.caseid); }")).toEqual(found);
		expect(of("function (s, i) { var given = i.attributes || {}; open(given.caseId); }")).toEqual(found);
		expect(of("function (s, i) { const { attributes } = i; open(attributes.caseId); }")).toEqual(found);
		expect(of("function (s, i) { const { caseId } = i.attributes; open(caseId); }")).toEqual([
			"attribute.case caseid: caseId",
		]);
		const log = "processCallLog: function (log, i, e, yes) { open(i.attributes.caseId); yes({}); },";
		expect(of("function (s, i) { open(i.attributes.caseid); }", log)).toEqual(found);
		// Either way, and what is no interaction's.
		expect(of("function (s, i) { open(i.attributes.caseId || i.attributes.caseid); }")).toEqual([]);
		expect(of("function (s, i) { if (!i.attributes.caseid) open(i.attributes.caseId); }")).toEqual([]);
		expect(of("function (s, i) { open({ attributes: { caseId: i.attributes.caseid } }.attributes.caseId); }")).toEqual(
			[],
		);
	});

	it("a misspelt setting that was switched off was taken in silence", () => {
		const found = lint(`window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [],
			settings: { enableCallLog: false, isolaton: false, theme: { primry: false } } } };`);
		expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
			"key.misspelt config.settings.enableCallLog",
			"key.misspelt config.settings.isolaton",
			"key.misspelt config.settings.theme.primry",
		]);
	});

	it("a switch in quotes was taken for off: what it asks for was missed only once it had been corrected", () => {
		const of = (settings: string, callbacks = "") =>
			codes(
				`window.Framework = { config: { name: "n", clientIds: {}, settings: { ${settings} } }, ${callbacks} initialSetup() {} };`,
			);
		const found = ["calllog.not.implemented", "setting.not.boolean"];
		for (const on of ['"true"', "'yes'", "1"]) expect(of(`enableCallLogs: ${on}`).sort(), on).toEqual(found);
		for (const off of ['"false"', "0", '"perhaps"'])
			expect(of(`enableCallLogs: ${off}`), off).toEqual(["setting.not.boolean"]);
		const silent = "processCallLog(log, i, e, done) { if (log.id) done({ id: log.id }); },";
		expect(of("EnableCallLogs: true", silent)).toEqual(["calllog.unanswered"]);
		expect(of("EnableCallLogs: false", silent)).toEqual([]);
	});

	it("what no setting is called was taken in silence", () => {
		const of = (settings: string, after = "") =>
			lintFrameworkScript(
				`window.Framework = { config: { name: "n", clientIds: {}, settings: { ${settings} } }, initialSetup() {} }; ${after}`,
			).map(({ code, message }) => `${code} ${message}`);
		const none = (name: string) => `there is no setting ${name}, and it has no effect.`;
		expect(of("screenPopp: 1, autoAnswer: true")).toEqual([
			`setting.unknown Write screenPop beside config, as a function: ${none("screenPopp")}`,
			`setting.unknown Remove autoAnswer, or write what you meant: ${none("autoAnswer")}`,
		]);
		expect(of("helpLinks: {}")).toEqual(["config.misplaced Move it into config; where it stands it has no effect."]);
		expect(of("recordPage: '/x'", "alert(Framework.config.settings.recordPage);")).toEqual([]);
		expect(of("enableConfigurableCallerId: true, displayObject: {}")).toEqual([]);
	});

	it("misses callbacks that the settings ask for", () => {
		const script = (callbacks: string) =>
			`window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true, searchTargets: ["frameworkContact"] } }, ${callbacks} };`;
		expect(codes(script(""))).toEqual(["calllog.not.implemented", "contacts.not.implemented"]);
		expect(codes(script("processCallLog: function (a, b) {}, contactSearch: (v, ok) => {}"))).toEqual([
			"calllog.not.implemented",
			"contacts.not.implemented",
		]);
		expect(
			codes(script("processCallLog(a, b, c, ok) { save(a, ok); }, contactSearch: (v, ok) => find(v).then(ok)")),
		).toEqual([]);
		expect(codes(script("...shared"))).toEqual([]);
		expect(codes(script("screenPop: 'no'"))).toContain("callback.not.function");
	});

	it("warns of unsafe messages, and refuses them in review", () => {
		const source = `${GOOD}
window.addEventListener("message", function (event) { go(JSON.parse(event.data)); });
window.parent.postMessage(JSON.stringify({ a: 1 }), "*");
document.head.appendChild(document.createElement("script"));`;
		expect(lint(source).every((problem) => problem.severity === "warning")).toBe(true);
		expect(codes(source).sort()).toEqual([
			"message.origin.unchecked",
			"message.target.any",
			"script.without.integrity",
		]);
		const reviewed = lint(source, true).filter((problem) => problem.severity === "error");
		expect(reviewed.map((problem) => problem.code)).toContain("review.regions.missing");
		expect(reviewed.map((problem) => problem.code)).toContain("message.target.any");
		expect(codes(`${GOOD} parent.postMessage("*".repeat(3), origin);`)).toEqual([]);
	});

	it("survives any text", () => {
		for (const text of [
			"",
			"`",
			"'",
			"/",
			"/*",
			"window.Framework =",
			"window.Framework = {a",
			"\\u{",
			"`${`${",
			"}])",
			"/[/",
		]) {
			expect(() => lintFrameworkScript(text)).not.toThrow();
		}
	});
});

it("a wrong settings.ui was found by agents, and not before it was uploaded", () => {
	const source = `window.Framework = { config: { name: "x", clientIds: {}, customInteractionAttributes: ["a"], settings: { ui: {
		hide: { menu: ["Inbox"], callControls: ["disconnect"] },
		add: { menu: [{ id: "home", text: "Home", url: "javascript:alert(1)" }] },
	} } } };`;
	const found = lintFrameworkScript(source).filter(({ code }) => code.startsWith("ui."));
	expect(found.map(({ path }) => path).sort()).toEqual([
		"config.settings.ui.add.menu[0].url",
		"config.settings.ui.hide.callControls",
		"config.settings.ui.hide.menu[0]",
	]);
});

it("a template went to the organization with {{clientId}} in it, and was called an unknown client", () => {
	const source =
		'window.Framework = { config: { name: "{{ appname }}", clientIds: { a: "{{clientId}}" }, own: "{{customer}}" }, initialSetup() {} };';
	const codesFor = (options: Parameters<typeof lintFrameworkScript>[1]) =>
		lintFrameworkScript(source, options).map(({ code, severity }) => `${severity} ${code}`);
	const unfilled = "error template.unfilled";
	expect(codesFor({ organization: { clientIds: ["x"] } }).filter((one) => /template|client/.test(one))).toEqual([
		unfilled,
		unfilled,
	]);
	expect(codesFor({})).not.toContain(unfilled);
});
