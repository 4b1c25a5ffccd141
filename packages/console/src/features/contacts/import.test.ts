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

it("chosen while the file was looked through, another thing was imported than what the counts had said", async () => {
	const answers: Array<(created: number) => void> = [];
	const asked: string[] = [];
	const request = (_method: string, _path: string, body: { existing: string }) => {
		asked.push(body.existing);
		return new Promise((resolve) =>
			answers.push((created) => resolve({ created, completed: 0, skipped: 0, faults: [] })),
		);
	};
	const model = new ContactImportModel({ request } as unknown as Api);
	const read = model.readFile(new Blob(["lastName,cellPhone\nOne,1\n"]));
	await expect.poll(() => answers.length).toBe(1);
	await model.choose("add");
	answers[0]?.(1);
	await expect.poll(() => answers.length).toBe(2);
	expect([asked, model.found.value]).toEqual([["skip", "add"], undefined]);
	answers[1]?.(2);
	await read;
	expect(model.found.value?.created).toBe(2);
});

it("a long file is shown as far as it has come, also to who comes back to it", async () => {
	const at = { state: "running", id: "i1", total: 300, taken: 100, created: 100, completed: 0, skipped: 0 };
	const asked: string[] = [];
	const request = async (method: string, path: string) => {
		asked.push(`${method} ${path.split("/imports")[1]}`);
		if (method === "GET") return { import: { ...at } };
		return { created: 0, completed: 0, skipped: 0, faults: [], import: { ...at } };
	};
	const model = new ContactImportModel({ request } as unknown as Api);
	const stop = model.follow(1);
	await expect.poll(() => model.coming.value?.taken).toBe(100);
	at.taken = 200;
	await expect.poll(() => model.coming.value?.taken).toBe(200);
	Object.assign(at, { state: "done", taken: 300, created: 300 });
	await expect.poll(() => model.done.value?.created).toBe(300);
	expect([model.coming.value, model.edited]).toEqual([undefined, false]);
	stop();
	expect(new Set(asked)).toEqual(new Set(["GET /me"]));
});
