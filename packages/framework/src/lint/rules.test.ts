import { describe, expect, it } from "vitest";
import { lintFrameworkScript } from "./lint.ts";

/** These are excerpts: what they call is not in them. */
const lint = (source: string, review = false) =>
	lintFrameworkScript(source, { review }).filter(({ code }) => code !== "name.unknown");
const codes = (source: string, review = false) => lint(source, review).map((problem) => problem.code);

const keys = {
	name: '"n"',
	settings: "{}",
	clientIds: "{}",
	customInteractionAttributes: '["A"]',
};

/** A script whose configuration has these keys instead of, or beside, the usual ones. */
function script(change: Partial<Record<string, string | undefined>> = {}, callbacks = ""): string {
	const entries = Object.entries({ ...keys, ...change }).filter(([, value]) => value !== undefined);
	const config = entries.map(([key, value]) => `${key}: ${value}`).join(", ");
	return `window.Framework = { config: { ${config} }, ${callbacks} };`;
}

describe("the configuration (framework-contract 3)", () => {
	it.each(Object.keys(keys))("has to have %s", (key) => {
		const isOptional = key === "settings" || key === "customInteractionAttributes";
		const found = lint(script({ [key]: undefined }), isOptional).filter(({ code }) => code === "config.key.missing");
		expect(found).toMatchObject([{ path: `config.${key}` }]);
	});

	it("may bring its keys from elsewhere: what cannot be seen is not missed", () => {
		expect(codes("window.Framework = { config: { ...shared } };")).toEqual([]);
		expect(codes("window.Framework = { ...shared };")).toEqual([]);
	});

	it("unknown keys are ignored in silence, misplaced ones are not", () => {
		expect(codes(script({ displayObject: "{}" }))).toEqual([]);
		expect(codes(script({ display: "{}" }))).toEqual(["config.misplaced"]);
		expect(codes(script({ settings: "{ clientIds: {} }" }))).toEqual(["config.misplaced"]);
		expect(codes(script({}, "searchTargets: []"))).toEqual(["config.misplaced"]);
	});

	it("empty client ids, empty help links and a language function are fine", () => {
		expect(codes(script({ clientIds: '{ "mypurecloud.de": "" }', helpLinks: "{}" }))).toEqual([]);
		expect(codes(script({ getUserLanguage: "function (done) { done('de'); }" }))).toEqual([]);
		expect(codes(script({ getUserLanguage: '"de"' }))).toEqual(["config.language.invalid"]);
		expect(codes(script({ helpLinks: '{ Settings: "javascript:alert(1)" }' }))).toEqual(["config.helpLink.invalid"]);
	});

	it("values of the wrong kind are named", () => {
		expect(codes(script({ clientIds: "{ x: {} }" }))).toContain("config.clientId.invalid");
		expect(codes(script({ clientIds: '"x"' }))).toContain("config.clientIds.invalid");
		expect(codes(script({ customInteractionAttributes: '"A"' }))).toEqual(["config.attributes.invalid"]);
	});
});

describe("the settings (framework-contract 4)", () => {
	const settings = (inside: string) => codes(script({ settings: `{ ${inside} }` }));

	it.each([
		"enableConfigurableCallerID: true, enableConfigurableCallerId: true",
		'searchTargets: ["PEOPLE", "queue", "externalContact"]',
		'callControls: ["pickup", "securePause", "requestAfterCallWork"]',
		"callControls: []",
		'theme: { primary: "#fff", text: "#1a2b3c" }',
		'theme: { notification: { error: { primary: "#f00" } } }',
		"sso: false",
		'sso: { provider: "okta", orgName: "acme" }',
		'sso: { provider: "", orgName: "" }',
		'defaultOutboundSMSCountryCode: "+1"',
		'defaultOutboundSMSCountryCode: "us"',
		'display: { interactionDetails: { call: ["call.Ani", "anything"] } }',
	])("%s stands in scripts of the field and is fine", (inside) => {
		expect(settings(inside)).toEqual([]);
	});

	it.each([
		['theme: { primary: "#HHH" }', "theme.colour.invalid"],
		['theme: { notification: { success: { text: "reddish" } } }', "theme.colour.invalid"],
		['searchTargets: ["cats"]', "setting.name.unknown"],
		['callControls: ["explode"]', "setting.name.unknown"],
		['searchTargets: "people"', "setting.not.list"],
		['enableCallHistory: "perhaps"', "setting.not.boolean"],
		['embedWebRTCByDefault: "true"', "setting.not.boolean"],
		['defaultOutboundSMSCountryCode: "one"', "setting.country.invalid"],
		['display: { interactionDetails: { call: "call.Ani" } }', "setting.not.list"],
		['sso: { provider: "okta" }', "setting.sso.half"],
		['sso: { provider: "", orgName: "acme" }', "setting.sso.half"],
	])("%s is told, with %s", (inside, code) => {
		expect(settings(inside)).toEqual([code]);
	});

	it("that are no object are named", () => {
		expect(codes(script({ settings: '"none"' }))).toEqual(["settings.not.object"]);
	});
});

describe("the callbacks (framework-contract 5)", () => {
	it.each(["initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"])(
		"%s has to be a function, in whatever form",
		(name) => {
			expect(codes(script({}, `${name}: "text"`))).toEqual(["callback.not.function"]);
			expect(codes(script({}, `${name}: {}`))).toEqual(["callback.not.function"]);
			for (const form of [
				`${name}() { go(); }`,
				`${name}: () => go()`,
				`async ${name}() { go(); }`,
				`${name}: handler`,
			]) {
				expect(codes(script({}, form)), form).toEqual([]);
			}
		},
	);

	it("one that was set later counts", () => {
		const settings = { settings: "{ enableCallLogs: true }" };
		expect(codes(script(settings))).toEqual(["calllog.not.implemented"]);
		const later = "Framework.processCallLog = function (log, i, name, ok) { save(log, ok); };";
		expect(codes(`${script(settings)} ${later}`)).toEqual([]);
	});

	it.each(["frameworkContacts", "frameworkcontacts", "FrameworkContact"])(
		"%s as a search target asks for contactSearch",
		(target) => {
			expect(codes(script({ settings: `{ searchTargets: ["${target}"] }` }))).toEqual(["contacts.not.implemented"]);
		},
	);

	it("are not asked for where the settings do not", () => {
		expect(codes(script({ settings: '{ enableCallLogs: false, searchTargets: ["people"] }' }))).toEqual([]);
	});
});

describe("the rules of a review (framework-contract 11)", () => {
	const regions = [
		"cac1.pure.cloud",
		"mypurecloud.com",
		"usw2.pure.cloud",
		"aps1.pure.cloud",
		"apne2.pure.cloud",
		"mypurecloud.com.au",
		"mypurecloud.jp",
		"mypurecloud.ie",
		"mypurecloud.de",
		"euw2.pure.cloud ",
	];
	const clientIds = `{ ${regions.map((region) => `"${region}": "id"`).join(", ")} }`;

	it("a script with all regions passes, one with a blank in a key included", () => {
		expect(codes(script({ clientIds }), true)).toEqual([]);
	});

	it("names each region that is missing", () => {
		const [problem] = lint(script({ clientIds: clientIds.replace('"mypurecloud.jp": "id", ', "") }), true);
		expect(problem).toMatchObject({
			code: "review.regions.missing",
			message: expect.stringMatching(/mypurecloud\.jp\.$/),
		});
	});

	it("wants at least one attribute, in a review alone", () => {
		const empty = script({ clientIds, customInteractionAttributes: "[]" });
		expect([codes(empty), codes(empty, true)]).toEqual([[], ["review.attributes.empty"]]);
	});

	it.each([
		['parent.postMessage(text, "*")', "message.target.any"],
		['window.parent.postMessage(text, { targetOrigin: "*" })', "message.target.any"],
		['addEventListener("message", function (e) { go(e.data); })', "message.origin.unchecked"],
		["window.onmessage = function (e) { go(e.data); }", "message.origin.unchecked"],
	])("%s is a warning, and an error in a review", (source, code) => {
		const whole = `${script({ clientIds })} ${source};`;
		expect(lint(whole)).toMatchObject([{ code, severity: "warning" }]);
		expect(lint(whole, true)).toMatchObject([{ code, severity: "error" }]);
	});

	it("a script of elsewhere may be pinned, and not at all in a review", () => {
		const whole = `${script({ clientIds })} document.createElement("SCRIPT");`;
		expect(lint(whole)).toMatchObject([{ code: "script.without.integrity", severity: "warning" }]);
		expect(lint(whole, true)).toMatchObject([{ code: "script.loads.script", severity: "error" }]);
	});

	it.each([
		"parent.postMessage(text, origin)",
		'parent.postMessage("*", origin)',
		'document.createElement("div")',
		'addEventListener("message", (e) => { if (e.origin === page) go(e.data); })',
		'addEventListener("click", go)',
		'"parent.postMessage(text, \\"*\\")"',
		"/* import x from 'y' */",
		"import('./later.js')",
	])("%s is no reason to warn", (source) => {
		expect(codes(`${script({ clientIds })} ${source};`, true)).toEqual([]);
	});

	it.each(["import x from 'y';", "export const a = 1;", "import { a } from 'b';"])(
		"%s is a module's, not a script's",
		(source) => {
			expect(codes(`${source}\n${script()}`)).toEqual(["script.is.module"]);
		},
	);
});

describe("where something stands", () => {
	it("is told by the line of the value, through variables and lists", () => {
		const source = `var targets = [
	"people",
	"cats",
];
window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [],
	settings: {
		searchTargets: targets,
		enableCallLogs: "perhaps" } } };`;
		expect(lint(source).map(({ code, line }) => [code, line])).toEqual([
			["setting.name.unknown", 3],
			["setting.not.boolean", 8],
		]);
	});
});
