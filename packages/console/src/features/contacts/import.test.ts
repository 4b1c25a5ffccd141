import { expect, it } from "vitest";
import type { Api } from "../../session/api.ts";
import { readContacts } from "./contact-file.ts";
import { ContactImportModel } from "./import-model.ts";

it("a file's columns were read by their exact names alone, and an empty cell took away what was known", () => {
	const file = readContacts(
		'\ufeffFirst Name;LASTNAME;cellphone;Shoe size\nIna;"Import; Ltd";0151 1;42\n\n;Second;;\n',
	);
	expect(file).toEqual({
		rows: [{ firstName: "Ina", lastName: "Import; Ltd", cellPhone: "0151 1" }, { lastName: "Second" }],
		numbers: [2, 4],
		unknown: ["Shoe size"],
	});
});

it("a file of contacts is looked through before anything is taken, and again when the server refuses it", async () => {
	const sent: Array<{ preview: boolean; existing: string }> = [];
	let faults: object[] = [{ row: 0, fieldName: "cellPhone", code: "x", message: "no number" }];
	const api = {
		request: async (_method: string, _path: string, body: { preview: boolean; existing: string }) => {
			sent.push(body);
			return { created: 1, completed: 0, skipped: 0, faults };
		},
	} as unknown as Api;
	const model = new ContactImportModel(api);
	await model.readFile(new Blob(["lastName,cellPhone\nOne,1\n"]));
	expect([model.found.value?.faults.length, model.edited]).toEqual([1, true]);
	faults = [];
	await model.choose("complete");
	expect(model.found.value?.faults).toEqual([]);
	expect(await model.send()).toBe(true);
	expect(sent.map(({ preview, existing }) => [preview, existing])).toEqual([
		[true, "skip"],
		[true, "complete"],
		[false, "complete"],
	]);
	expect(model.edited).toBe(false);
	await model.readFile(new Blob(["lastName\n"]));
	expect([model.problem, sent.length]).toEqual(["noRows", 3]);
});
