import { expect, it } from "vitest";
import {
	type CannedResponse,
	newResponse,
	previewOf,
	responseBodyOf,
	responseFormOf,
	responseProblems,
	showsFiles,
} from "./response-form.ts";

const returning: CannedResponse = {
	...{ id: "r1", name: "Return goods", version: 4, libraries: [{ id: "l1", name: "Support" }] },
	texts: [
		{ content: "Dear {{customerName}}, {{order}}", contentType: "text/plain" },
		{ content: "<p>{{days}}</p>", contentType: "text/html" },
	],
	substitutions: [
		{ id: "order", description: "Its number" },
		{ id: "days", defaultValue: "5" },
	],
	responseType: "Footer",
	inlay: {
		shortcut: "ret",
		language: "en",
		media: ["email"],
		uses: 3,
		assets: [{ id: "a1", name: "Form.pdf", size: 9 }],
	},
};

it("a response that was opened and saved lost something", () => {
	expect(responseBodyOf(responseFormOf(returning), returning)).toEqual({
		...{ name: "Return goods", version: 4, libraries: [{ id: "l1" }], texts: returning.texts },
		...{ substitutions: returning.substitutions, responseType: "Footer", footer: { type: "Signature" } },
		assets: [{ id: "a1" }],
		inlay: { shortcut: "ret", language: "en", media: ["email"] },
	});
});

it("the preview showed {{customerName}} as it was typed", () => {
	const plain = "Dear {{customername}}, {{order}} of {{shop}}: {{agentName}}";
	const defaults = { shop: "Delft", agentName: "your agent" };
	expect(previewOf({ plain, defaults })).toBe("Dear Alex Kim, {{order}} of Delft: your agent");
});

it("a default stayed of what is no longer in the text", () => {
	const form = { ...responseFormOf(returning), html: "" };
	expect(responseBodyOf(form, returning)).toMatchObject({
		substitutions: [{ id: "order", description: "Its number" }],
	});
});

it.each([
	[{ name: " " }, "name"],
	[{ libraryIds: [] }, "libraryIds"],
	[{ plain: "", html: " " }, "plain"],
	[{ shortcut: "a b" }, "shortcut"],
	[{ language: "english" }, "language"],
] as const)("%o was sent, to be refused", (change, field) => {
	const form = responseFormOf(returning);
	expect([
		...responseProblems({
			...form,
			...change,
			libraryIds: [...((change as typeof form).libraryIds ?? form.libraryIds)],
		}),
	]).toEqual([field]);
});

it("a new one was called complete", () => {
	expect(responseProblems(responseFormOf(newResponse))).toEqual(new Set(["name", "libraryIds", "plain"]));
});

it("files of a response that became a signature were sent unseen", () => {
	const form = responseFormOf(returning);
	expect([showsFiles(form), showsFiles({ ...form, files: [] })]).toEqual([true, false]);
	expect(responseBodyOf({ ...form, files: [] }, returning)).toMatchObject({ assets: [] });
});
