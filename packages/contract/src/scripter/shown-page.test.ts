import { expect, test } from "vitest";
import type { ScriptComponent, ScriptDocument } from "./agent-script.ts";
import { shownPage } from "./shown-page.ts";

function documentOf(...children: ScriptComponent[]): ScriptDocument {
	const root = { kind: "container", id: "root", layout: "column", children } as const;
	return { startPageId: "p", variables: [], actions: [], pages: [{ id: "p", name: "First", root }] };
}

const facts = {
	lookup: (name: string) => ({ host: "evil.example/?", name: "<b>Carol</b>" })[name] ?? null,
	attributes: { b: "2", a: "1", empty: "" },
};

function partsOf(...children: ScriptComponent[]) {
	const page = shownPage(documentOf(...children), "p", facts);
	return page?.kind === "container" ? page.parts : undefined;
}

test("a page in the preview was another one than in the panel", () => {
	const parts = partsOf(
		{ kind: "text", id: "t", role: "paragraph", text: "Hi {{name}}{{gone}}" },
		{ kind: "text", id: "hidden", role: "note", text: "x", visibleIf: '{{name}} == "Ada"' },
		{ kind: "phoneLink", id: "nobody", target: "{{gone}}" },
		{ kind: "emailLink", id: "mail", target: "a@b.test", label: "Write" },
		{ kind: "attributeTable", id: "all", label: "Known" },
		{ kind: "attributeTable", id: "some", label: "Known", names: ["b", "empty", "toString"] },
		{ kind: "progress", id: "pg", pageIds: ["p", "q"] },
		{ kind: "progress", id: "elsewhere", pageIds: ["q"] },
	);
	expect(parts).toEqual([
		{
			...{ kind: "text", id: "t", role: "paragraph" },
			parts: [
				{ text: "Hi " },
				{ text: "<b>Carol</b>", variable: "name" },
				{ text: "", variable: "gone", missing: true },
			],
		},
		{ kind: "link", id: "mail", medium: "email", address: "a@b.test", label: "Write" },
		{
			...{ kind: "attributes", id: "all", label: "Known" },
			rows: [
				["a", "1"],
				["b", "2"],
			],
		},
		{ kind: "attributes", id: "some", label: "Known", rows: [["b", "2"]] },
		{ kind: "progress", id: "pg", at: 1, of: 2, name: "First" },
	]);
});

test("SC-5 an address that a value would lead elsewhere is none", () => {
	const [inside, outside] = partsOf(
		{ kind: "webPage", id: "in", title: "", address: "https://crm.test/find?q={{host}}" },
		{ kind: "webPage", id: "out", title: "", address: "{{host}}" },
	) ?? [undefined, undefined];
	expect(inside).toMatchObject({ address: "https://crm.test/find?q=evil.example%2F%3F" });
	expect(outside).not.toHaveProperty("address");
});
