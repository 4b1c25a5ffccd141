import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import { expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { changesBetween, freshComponent, freshPage, freshStep, moved, placesOf } from "./edit-document.ts";
import { componentFields, stepFields } from "./fields.ts";
import { type LinesKind, linesOf, readLines } from "./lines.ts";
import { Preview } from "./preview.ts";
import { documentOf, findingsOf, newDocument, readExported, type ScriptThing, scriptFormOf } from "./script-form.ts";
import { ScriptModel } from "./scripts-model.ts";

const intake: ScriptDocument = {
	startPageId: "a",
	pages: [
		{
			...{ id: "a", name: "Hello" },
			root: {
				...{ kind: "container", id: "a-root", layout: "column" },
				children: [
					{ kind: "textInput", id: "order", label: "Order", variable: "order" },
					{ kind: "button", id: "go", label: "Go on", steps: [{ kind: "changePage", pageId: "b" }] },
				],
			},
		},
		{ id: "b", name: "Bye", root: { kind: "container", id: "b-root", layout: "column", children: [] } },
	],
	variables: [{ name: "order", type: "string" }],
	actions: [],
};
const script: ScriptThing = { id: "s", name: "Intake", version: 3, document: intake };
const path = "/api/inlay/v1/scripts/s";

function worldOf(thing: ScriptThing = script) {
	const api = new FakeApi().on(`GET ${path}`, thing).on(`GET ${path}/versions`, page());
	return { api, model: new ScriptModel(api, selfWith(), "s") };
}

it("a script that was opened and saved lost something", () => {
	expect(documentOf(scriptFormOf(script))).toEqual(intake);
	expect(documentOf(scriptFormOf({ ...script, document: { ...intake, onLoad: [{ kind: "doNotCall" }] } }))).toEqual({
		...intake,
		onLoad: [{ kind: "doNotCall" }],
	});
});

it("a new script could not be saved as it begins", () => {
	expect(findingsOf(newDocument)).toEqual([]);
	const two = { ...newDocument, pages: [...newDocument.pages, freshPage(newDocument)] };
	expect(findingsOf(two).filter(({ isFault }) => isFault)).toEqual([]);
});

it("a new element or step had not every field that it must have", () => {
	const optional = new Set(["visibleIf", "onChange", "lines", "height", "names", "readOnly"]);
	const lacks = (of: object, fields: object) => Object.keys(fields).filter((key) => !(key in of) && !optional.has(key));
	const kinds = Object.keys(componentFields) as Array<keyof typeof componentFields>;
	expect(kinds.map((kind) => [kind, lacks(freshComponent(intake, kind), componentFields[kind])])).toEqual(
		kinds.map((kind) => [kind, kind === "phoneLink" || kind === "emailLink" ? ["label"] : []]),
	);
	const steps = Object.keys(stepFields) as Array<keyof typeof stepFields>;
	expect(steps.flatMap((kind) => lacks(freshStep(kind), stepFields[kind]))).toEqual([]);
});

it("what is moved past an end went, or got lost", () => {
	expect([moved(["a", "b"], 0, -1), moved(["a", "b"], 0, 1), moved(["a", "b"], 1, 1)]).toEqual([
		["a", "b"],
		["b", "a"],
		["a", "b"],
	]);
});

it("a page, a variable went without a word on what refers to it", () => {
	expect(placesOf(intake, { pageId: "b" })).toEqual(["Hello"]);
	expect(placesOf(intake, { variable: "order" })).toEqual(["Hello"]);
	expect(placesOf(intake, { actionId: "none" })).toEqual([]);
});

it("what publishing changes was not said, or order of keys was called a change", () => {
	expect(changesBetween(intake, documentOf(scriptFormOf(script)))).toEqual({
		...{ pages: [], hasOther: false, variables: false, actions: false },
	});
	const [first] = intake.pages;
	const after = { ...intake, pages: [{ ...(first as typeof first & object), name: "Welcome" }], variables: [] };
	expect(changesBetween(intake, after)).toEqual({
		...{ pages: ["Welcome", "Bye"], hasOther: true, variables: true, actions: false },
	});
});

it.each([
	[
		"options",
		[
			{ value: "a", label: "A" },
			{ value: "b", label: "b" },
		],
		"a = A\nb",
	],
	["attributes", [{ name: "x", value: "1 = 2" }], "x = 1 = 2"],
	["names", ["x", "y"], "x\ny"],
	["columns", [], ""],
] satisfies Array<[LinesKind, unknown, string]>)("%s did not come back from their lines", (kind, value, lines) => {
	expect(linesOf(kind, value)).toBe(lines);
	expect(readLines(kind, lines)).toEqual(value);
});

it("a file that holds no script was taken for one", () => {
	const name = "Intake";
	expect(readExported(JSON.stringify({ name, document: intake }))).toEqual({ name, document: intake });
	const others = ["", "[]", "{}", '{"name":"x","document":{"pages":[]}}', JSON.stringify({ document: intake })];
	const broken = JSON.stringify({ name, document: { ...intake, pages: [{ id: "a" }] } });
	expect([...others, broken].map(readExported)).toEqual(Array(6).fill(undefined));
});

it("a script with a button to a page that is gone was sent, to be refused", async () => {
	const { api, model } = worldOf();
	await model.loaded.load();
	model.details.change({ pages: JSON.stringify(intake.pages.slice(0, 1)) });
	expect(await model.save()).toBe(false);
	expect(api.asked.some(({ what }) => what.startsWith("PUT"))).toBe(false);
});

it("what a colleague did to the variables was overwritten by who changed a page", async () => {
	const { api, model } = worldOf();
	await model.loaded.load();
	const theirs = { ...intake, variables: [...intake.variables, { name: "more", type: "number" as const }] };
	let saves = 0;
	api.on(`PUT ${path}`, (body: { document: ScriptDocument }) => {
		if (saves++ === 0) throw refuse(409, "version.conflict");
		return { ...script, version: 5, document: body.document };
	});
	api.on(`GET ${path}`, { ...script, version: 4, document: theirs });
	const pages = intake.pages.map((one) => ({ ...one, name: `${one.name}!` }));
	model.details.change({ pages: JSON.stringify(pages) });
	expect(await model.save()).toBe(true);
	expect(api.asked.findLast(({ what }) => what.startsWith("PUT"))?.body).toMatchObject({
		version: 4,
		document: { pages: [{ name: "Hello!" }, { name: "Bye!" }], variables: [{ name: "order" }, { name: "more" }] },
	});
});

it("what was not saved, or what a colleague saved meanwhile, was published unseen", async () => {
	const { api, model } = worldOf();
	await model.loaded.load();
	api.on(`POST ${path}/publish`, { id: "v", number: 2, publishedAt: "2026-11-27T02:00:00Z" });
	model.details.change({ name: "Other" });
	expect(await model.publish()).toBeUndefined();
	model.details.discard();
	expect(await model.publish()).toBe(2);
	expect(api.asked.filter(({ what }) => what.startsWith("POST"))).toEqual([
		{ what: `POST ${path}/publish`, body: undefined, ifMatch: '"3"' },
	]);
});

it("going back to a version changed what agents see before it was saved and published", async () => {
	const { api, model } = worldOf();
	await model.loaded.load();
	api.on(`GET ${path}/versions/v1`, { id: "v1", number: 1, document: { ...intake, variables: [], actions: [] } });
	expect(await model.takeBack("v1")).toBe(true);
	expect(model.details.changed.value).toEqual(["variables"]);
	expect(api.asked.every(({ what }) => what.startsWith("GET"))).toBe(true);
});

it("a preview called somebody, or did not go where a button leads", async () => {
	const preview = new Preview(intake);
	await preview.change("order", "4711");
	await preview.press([
		{ kind: "dial", number: "+49" },
		{ kind: "changePage", pageId: "b" },
	]);
	expect([preview.lookup("order"), preview.pageId.value, preview.said.value]).toEqual([
		"4711",
		"b",
		["Would be done now: Dial"],
	]);
	expect(preview.page).toMatchObject({ id: "b-root" });
	preview.restart();
	expect(preview.pageId.value).toBe("a");
});

it("a preview showed all that an interaction fills in as empty", () => {
	const text = { kind: "text", id: "hello", role: "heading", text: "Hello {{Scripter.Customer Name}}" } as const;
	const [first, second] = intake.pages;
	if (!first || !second) throw new Error("no pages");
	const pages = [{ ...first, root: { ...first.root, children: [text] } }, second];
	const preview = new Preview({ ...intake, pages });
	expect(preview.asked).toEqual(["Scripter.Customer Name"]);
	preview.sample.value = { "Scripter.Customer Name": "Carol" };
	expect(preview.page).toMatchObject({
		parts: [{ parts: [{ text: "Hello " }, { text: "Carol", variable: "Scripter.Customer Name" }] }],
	});
});

it("a step that names no response, code or queue was sent, to be refused without a word where", () => {
	const steps = [freshStep("insertResponse"), freshStep("setWrapUpCode"), freshStep("alert")];
	const found = findingsOf({ ...intake, onLoad: steps }).filter(({ code }) => code === "choice.missing");
	expect(found.map(({ isFault }) => isFault)).toEqual([true, true]);
});

it("a preview's contact form changed nothing that its texts show, or was there without a campaign's column", async () => {
	const [first, second] = intake.pages;
	if (!first || !second) throw new Error("no pages");
	const form = {
		kind: "contactForm",
		id: "form",
		label: "Contact",
		columns: ["city", "key"],
		readOnly: ["key"],
	} as const;
	const children = [{ ...form, columns: [...form.columns], readOnly: [...form.readOnly] }];
	const preview = new Preview({ ...intake, pages: [{ ...first, root: { ...first.root, children } }, second] });
	preview.sample.value = { "Outbound.city": "Bonn" };
	const fields = () => (preview.page as { parts: Array<{ fields: unknown }> }).parts[0]?.fields;
	expect(fields()).toEqual([
		{ name: "city", value: "Bonn", mayEdit: true },
		{ name: "key", value: "", mayEdit: false },
	]);
	preview.typed.value = { city: "Berlin" };
	preview.saveContact(["city"]);
	expect([preview.lookup("Outbound.city"), fields(), preview.said.value.length]).toMatchObject([
		"Berlin",
		[{ value: "Berlin" }, {}],
		1,
	]);
	expect(new Preview(intake).page).toMatchObject({ parts: [{ id: "order" }, { id: "go" }] });
});

it("a placeholder named constructor showed JavaScript's own in the preview", () => {
	const preview = new Preview(intake);
	expect(["constructor", "toString", "__proto__"].map(preview.lookup)).toEqual([null, null, null]);
	preview.sample.value = { constructor: "Carol" } as Record<string, string>;
	expect(preview.lookup("constructor")).toBe("Carol");
});

it("each opening of a script listed all queues twice, and all responses", async () => {
	const { api, model } = worldOf();
	const queue = (id: string, scriptId: string) => ({ id, name: id, defaultScripts: { CALL: { id: scriptId } } });
	api.on("GET /api/v2/routing/queues", page(queue("Sales", "s"), queue("Service", "other")));
	await model.loaded.load();
	expect([api.asked.length, model.shownIn]).toEqual([1, undefined]);
	await Promise.all([model.queues.begin(), model.queues.begin()]);
	await model.queues.begin();
	expect([api.asked.length, model.shownIn]).toEqual([2, ["Sales"]]);
	expect(model.queues.value?.map(({ name }) => name)).toEqual(["Sales", "Service"]);
	const unseeing = new ScriptModel(api, selfWith(grantOf(["scripter:script:view"])), "s");
	await Promise.all([unseeing.queues.begin(), unseeing.responses.begin()]);
	expect([api.asked.length, unseeing.queues.value, unseeing.responses.value]).toEqual([2, undefined, undefined]);
});
