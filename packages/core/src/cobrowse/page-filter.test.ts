import { expect, it } from "vitest";
import { NotRecorded, PageFilter } from "./page-filter.ts";

type Json = Record<string, unknown>;
let id = 0;
const element = (tagName: string, attributes: Json = {}, childNodes: Json[] = []): Json => ({
	...{ type: 2, id: ++id, tagName, attributes, childNodes },
});
const text = (textContent: string, more: Json = {}): Json => ({ type: 3, id: ++id, textContent, ...more });
const full = (...nodes: Json[]) => ({
	type: 2,
	timestamp: 1,
	data: { node: { type: 0, id: ++id, childNodes: [element("html", {}, nodes)] }, initialOffset: { top: 0, left: 0 } },
});
const passed = (event: object) => JSON.stringify(new PageFilter(false).pass(event));

/** Each is a way in which a page's markup, as a hostile customer's browser might report it, would run or load something. */
const hostile: Array<[string, Json, string]> = [
	["a script", element("script", { src: "https://evil.example/x.js" }, [text("alert(1)")]), "alert"],
	["a script in capitals", element("SCRIPT", {}, [text("alert(1)")]), "alert"],
	["a script in a picture", element("svg", {}, [element("script", { "xlink:href": "//evil.example" })]), "evil"],
	["a handler", element("img", { src: "x", onerror: "alert(1)" }), "alert"],
	["a handler in capitals", element("body", { OnLoad: "alert(1)" }), "alert"],
	["a link that runs", element("a", { href: "javascript:alert(1)" }), "alert"],
	["a link that runs, with a tab in it", element("a", { href: "java\tscript:alert(1)" }), "alert"],
	["a link that runs, behind controls", element("a", { href: "\u0001 javascript:alert(1)" }), "alert"],
	["a link that runs, in Basic", element("a", { href: "VBSCRIPT:alert(1)" }), "alert"],
	["a page in an address", element("a", { href: "data:text/html,<script>alert(1)</script>" }), "alert"],
	["a form that runs", element("form", { action: "javascript:alert(1)" }), "alert"],
	["a button that runs", element("button", { formaction: "javascript:alert(1)" }), "alert"],
	["a frame with a page in it", element("iframe", { srcdoc: "<script>alert(1)</script>" }), "alert"],
	["a frame that loads", element("iframe", { src: "https://evil.example/" }), "evil"],
	["a frame that loads, by the recorder's name", element("iframe", { rr_src: "https://evil.example/" }), "evil"],
	["a refresh", element("meta", { "http-equiv": "refresh", content: "0;url=https://evil.example" }), "evil"],
	["a policy", element("meta", { "http-equiv": "content-security-policy", content: "img-src evil.example" }), "evil"],
	["a base", element("base", { href: "https://evil.example/" }), "evil"],
	["an object", element("object", { data: "https://evil.example/x.swf" }), "evil"],
	["an embedded thing", element("embed", { src: "https://evil.example/x" }), "evil"],
	["a link that loads a module", element("link", { rel: "modulepreload", href: "https://evil.example/x.js" }), "evil"],
	["a link that imports", element("link", { rel: "import", href: "https://evil.example/x.html" }), "evil"],
	["an animation of an address", element("animate", { attributeName: "href", to: "javascript:alert(1)" }), "alert"],
	["a picture of a page", element("svg", {}, [element("use", { href: "data:text/xml,<x onload=alert(1)>" })]), "alert"],
	["a sheet with data", element("style", {}, [text("@import 'data:text/css,evil{}';")]), "data:text"],
	[
		"a sheet in an attribute",
		element("link", { rel: "stylesheet", _cssText: '@import url("data:text/css,e");' }),
		"data:",
	],
	["a style that computes", element("div", { style: "width: expression(alert(1))" }), "expression("],
	["a ping", element("a", { href: "/", ping: "https://evil.example/" }), "evil"],
	["an attribute that is markup", element("div", { 'x"><script>alert(1)</script': "" }), "alert"],
	["an element that is markup", element("x><script>alert(1)</script", {}), "alert"],
	["a picture by a blob", element("img", { src: "blob:https://evil.example/1" }), "evil"],
];

it.each(hostile)("CO-6: %s came through", (_what, node, trace) => {
	expect(passed(full(node))).not.toContain(trace);
	const adds = [{ parentId: 1, nextId: null, node }];
	const change = { type: 3, timestamp: 1, data: { source: 0, adds, removes: [], texts: [], attributes: [] } };
	expect(passed(change)).not.toContain(trace);
});

it("what a page shows stays as it is", () => {
	const page = element("body", { class: "shop", style: "color: red" }, [
		element("h1", { id: "title" }, [text("Lamps & more")]),
		element("a", { href: "https://shop.example/lamps" }, [text("Lamps")]),
		element("img", { src: "https://shop.example/lamp.png", alt: "A lamp" }),
		element("link", { rel: "stylesheet", href: "https://shop.example/shop.css" }),
		element("link", { _cssText: "h1 { color: red }" }),
		element("style", {}, [text(".shop { background: url(https://shop.example/b.png) }", { isStyle: true })]),
		element("input", { type: "text", value: "Carol" }),
		element("svg", { viewBox: "0 0 1 1" }, [element("path", { d: "M0 0h1" })]),
	]);
	const event = full(page);
	expect(new PageFilter(false).pass(event)).toEqual(event);
});

it("CO-2: a recorder that told what a password, a card or a code holds was believed", () => {
	const filter = new PageFilter(false);
	const secrets = [
		element("input", { type: "password", value: "hunter2!" }),
		element("input", { autocomplete: "billing cc-number", value: "4111111111111111" }),
		element("input", { autocomplete: "one-time-code", value: "123456" }),
	];
	const told = JSON.stringify(filter.pass(full(...secrets)));
	for (const value of ["hunter2!", "4111111111111111", "123456"]) expect(told).not.toContain(value);
	const [password] = secrets;
	const typed = { type: 3, timestamp: 1, data: { source: 5, id: password?.id, text: "hunter3!", isChecked: false } };
	expect(filter.pass(typed)?.data).toMatchObject({ text: "••••••••" });
	const shown = { source: 0, attributes: [{ id: password?.id, attributes: { type: "text", value: "hunter3!" } }] };
	expect(JSON.stringify(filter.pass({ type: 3, timestamp: 1, data: shown }))).not.toContain("hunter3!");
});

it("commands for canvases, fonts, logs and media, and events of other kinds, are left out", () => {
	const filter = new PageFilter(false);
	for (const source of [7, 9, 10, 11, 14, 16, 99])
		expect(filter.pass({ type: 3, timestamp: 1, data: { source, id: 1 } })).toBeUndefined();
	for (const type of [0, 1, 5, 6]) expect(filter.pass({ type, timestamp: 1, data: {} })).toBeUndefined();
});

it("where the page is, is told, and its path only where that is allowed", () => {
	const meta = {
		type: 4,
		timestamp: 1,
		data: { href: "https://shop.example/orders/4217?token=x#y", width: 1, height: 2 },
	};
	expect(new PageFilter(false).pass(meta)?.data).toMatchObject({ href: "https://shop.example/" });
	expect(new PageFilter(true).pass(meta)?.data).toMatchObject({ href: "https://shop.example/orders/4217" });
});

it("whether it is dark for the customer is told, and nothing else that is said in its place", () => {
	const shown = (scheme: unknown) =>
		new PageFilter(false).pass({ type: 4, timestamp: 1, data: { href: "about:blank", width: 1, height: 2, scheme } })
			?.data;
	expect(shown("dark")).toMatchObject({ scheme: "dark" });
	for (const scheme of ["light dark;background:red", 1, undefined]) expect(shown(scheme)).not.toHaveProperty("scheme");
});

it("what is no recording is refused, however deep it goes", () => {
	let deep = element("div");
	for (let depth = 0; depth < 50_000; depth++) deep = element("div", {}, [deep]);
	expect(() => new PageFilter(false).pass(full(deep))).not.toThrow();
	for (const event of [
		null,
		1,
		{},
		{ type: 2, timestamp: 1, data: {} },
		{ type: 3, timestamp: 1, data: { source: 0, adds: [1] } },
	])
		expect(() => new PageFilter(false).pass(event)).toThrow(NotRecorded);
});
