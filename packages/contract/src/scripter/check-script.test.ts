import { describe, expect, it } from "vitest";
import {
	type ScriptComponent,
	type ScriptDocument,
	type ScriptPage,
	type ScriptStep,
	scriptLimits,
} from "./agent-script.ts";
import { checkScript, hasFault } from "./check-script.ts";

const page = (id: string, ...children: ScriptComponent[]): ScriptPage => ({
	id,
	name: `Page ${id}`,
	root: { kind: "container", id: `root-${id}`, layout: "column", children },
});

const button = (id: string, ...steps: ScriptStep[]): ScriptComponent => ({ kind: "button", id, label: id, steps });

const script = (changes: Partial<ScriptDocument> = {}): ScriptDocument => ({
	startPageId: "1",
	pages: [page("1", button("next", { kind: "changePage", pageId: "2" })), page("2")],
	variables: [{ name: "order", type: "string" }],
	actions: [],
	...changes,
});

const numbered = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const withChild = (child: ScriptComponent) => script({ pages: [page("1", child)] });
const withStep = (step: ScriptStep) => withChild(button("b", step));
const codes = (document: ScriptDocument) => checkScript(document).map(({ code }) => code);

describe("the check of a script", () => {
	it("finds nothing in a good one", () => {
		expect(checkScript(script())).toEqual([]);
	});

	it.each<[string, ScriptDocument]>([
		["start.page.unknown", script({ startPageId: "9" })],
		["id.twice", script({ pages: [page("1"), { ...page("2"), id: "1" }] })],
		["id.twice", script({ pages: [page("1", button("x"), button("x"))] })],
		["variable.reserved", script({ variables: [{ name: "Email.Subject", type: "string" }] })],
		["variable.twice", script({ variables: [script().variables[0], script().variables[0]].flatMap((v) => v ?? []) })],
		["page.unknown", withStep({ kind: "changePage", pageId: "7" })],
		["action.unknown", withStep({ kind: "run", actionId: "7" })],
		["variable.undeclared", withStep({ kind: "setVariable", variable: "ordr", value: "1" })],
		["variable.undeclared", withChild({ kind: "textInput", id: "t", label: "Order", variable: "ordr" })],
		["expression.unreadable", withStep({ kind: "setVariable", variable: "order", value: "1 +" })],
		["expression.unreadable", withChild({ kind: "divider", id: "d", visibleIf: "a = b" })],
		["address.unsafe", withStep({ kind: "openAddress", address: "{{order}}" })],
		["address.unsafe", withChild({ kind: "webPage", id: "w", title: "Orders", address: "javascript:alert(1)" })],
		["address.unsafe", withChild({ kind: "webPage", id: "w", title: "Orders", address: "https://a.example{{order}}" })],
		["address.unsafe", withChild({ kind: "image", id: "i", alt: "", address: "data:image/svg+xml;base64,PHN2Zz4=" })],
		["id.twice", script({ actions: ["a", "a"].map((id) => ({ id, name: id, steps: [] })) })],
		["columns.missing", withChild({ kind: "contactForm", id: "f", label: "Contact", columns: [] })],
		["choice.missing", withStep({ kind: "updateContact", columns: [] })],
		["choice.missing", withStep({ kind: "insertResponse", responseId: "" })],
		["choice.missing", withStep({ kind: "setWrapUpCode", code: "" })],
		["choice.missing", withStep({ kind: "callService", serviceId: "", inputs: [], outputs: [] })],
		["choice.missing", withStep({ kind: "screenPop", searchString: "" })],
		["choice.missing", withStep({ kind: "blindTransfer", to: { kind: "queue", queueId: "" } })],
		["choice.missing", withStep({ kind: "consultTransfer", to: { kind: "user", userId: "" } })],
		["options.missing", withChild({ kind: "radio", id: "r", label: "Which?", variable: "order", options: [] })],
		["too.much", script({ pages: [page("1", ...Array.from({ length: 2001 }, (_, at) => button(`b${at}`)))] })],
	])("a script with %s is not saved", (code, document) => {
		const found = checkScript(document);
		expect(found.filter(({ isFault }) => isFault).map((each) => each.code)).toEqual([code]);
		expect(hasFault(found)).toBe(true);
	});

	const nested = (depth: number): ScriptComponent =>
		depth === 1
			? { kind: "divider", id: "deepest" }
			: { kind: "container", id: `c${depth}`, layout: "column", children: [nested(depth - 1)] };

	it.each<[string, number, (count: number) => ScriptDocument]>([
		["pages", scriptLimits.pages, (count) => script({ pages: numbered(count, (at) => page(String(at + 1))) })],
		[
			"components",
			scriptLimits.components - 1,
			(count) => script({ pages: [page("1", ...numbered(count, (at) => button(`b${at}`)))] }),
		],
		[
			"variables",
			scriptLimits.variables,
			(count) => script({ variables: numbered(count, (at) => ({ name: `v${at}`, type: "string" })) }),
		],
		[
			"steps",
			scriptLimits.steps,
			(count) => withChild(button("b", ...numbered(count, (): ScriptStep => ({ kind: "disconnect" })))),
		],
		["depth", scriptLimits.depth - 1, (count) => withChild(nested(count))],
	])("as many %s as there may be are taken, and one more is named", (name, most, made) => {
		const faults = (count: number) =>
			checkScript(made(count)).flatMap(({ code, subject, isFault }) => (isFault ? [[code, subject]] : []));
		expect(faults(most)).toEqual([]);
		expect(faults(most + 1)).toEqual([["too.much", name]]);
	});

	it("a page is reached by what any list of steps leads to, not by a page that is none itself", () => {
		const to = (pageId: string): ScriptStep => ({ kind: "changePage", pageId });
		const byAction = script({ pages: [page("1"), page("2")], actions: [{ id: "a", name: "A", steps: [to("2")] }] });
		expect(codes(byAction)).toEqual([]);
		const island = script({ pages: [page("1"), page("2", button("x", to("3"))), page("3", button("y", to("2")))] });
		expect(checkScript(island).map(({ code, pageId }) => [code, pageId])).toEqual([
			["page.unreachable", "2"],
			["page.unreachable", "3"],
		]);
	});

	it("actions that run each other for ever", () => {
		const run = (actionId: string): ScriptStep => ({ kind: "run", actionId });
		const actions = [
			{ id: "a", name: "A", steps: [run("b")] },
			{ id: "b", name: "B", steps: [run("a")] },
			{ id: "c", name: "C", steps: [run("a")] },
		];
		expect(codes(script({ actions }))).toEqual(["action.endless", "action.endless"]);
	});

	it("says what is doubtful: a page that nothing leads to, a name that nothing has, an input without a label", () => {
		const text: ScriptComponent = {
			kind: "text",
			id: "t",
			role: "paragraph",
			text: "{{Scripter.Cue}} {{Participant.a}}",
		};
		const input: ScriptComponent = { kind: "checkbox", id: "c", label: " ", variable: "order" };
		const found = checkScript(script({ pages: [page("1", text, input), page("2")] }));
		expect(found.map(({ code, subject }) => [code, subject])).toEqual([
			["variable.unknown", "Scripter.Cue"],
			["label.missing", "c"],
			["page.unreachable", "Page 2"],
		]);
		expect(hasFault(found)).toBe(false);
	});

	it("a page for after-call work is reached by itself, and there is one", () => {
		const wrapUp = { ...page("2"), forAfterCallWork: true };
		expect(codes(script({ pages: [page("1"), wrapUp] }))).toEqual([]);
		expect(codes(script({ pages: [page("1"), wrapUp, { ...wrapUp, id: "3", root: page("3").root }] }))).toEqual([
			"wrap.up.page.twice",
		]);
	});

	it("says where the script names something outside of it that is not there, or not as it says", () => {
		const ask = (serviceId: string, given: string[], taken: string[]): ScriptStep => ({
			...{ kind: "callService", serviceId, inputs: given.map((name) => ({ name, value: "" })) },
			outputs: taken.map((name) => ({ name, variable: "order" })),
		});
		const services = [{ id: "s", name: "Orders", inputs: ["id"], outputs: [{ name: "total" }] }];
		const open = (host: string): ScriptStep => ({ kind: "openAddress", address: `https://${host}/?{{order}}` });
		const found = (onLoad: ScriptStep[], outside: Parameters<typeof checkScript>[1]) =>
			checkScript(script({ onLoad }), outside).map(({ code, subject }) => [code, subject]);
		const steps = [ask("s", ["id"], ["total"]), ask("gone", [], []), ask("s", ["by"], ["sum"]), open("crm.example")];
		expect(found(steps, {})).toEqual([]);
		expect(found(steps, { services, pageHosts: [] })).toEqual([
			["service.unknown", "gone"],
			["service.inputs", "id"],
			["service.outputs", "total"],
		]);
		expect(found([open("crm.example"), open("evil.example")], { pageHosts: ["crm.example"] })).toEqual([
			["host.unlisted", "evil.example"],
		]);
		expect(
			codes(script({ onLoad: [{ ...ask("s", [], ["x"]), outputs: [{ name: "x", variable: "gone" }] } as ScriptStep] })),
		).toEqual(["variable.undeclared"]);
	});
});
