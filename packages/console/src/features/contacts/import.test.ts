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

it("who had their name in “Full name” alone, beside columns of first and last names, lost it", () => {
	const file = readContacts(
		"First name,Last name,Full name,Email\nAda,Lovelace,Ada Lovelace,a@b.example\n,,Bo Ek,b@b.example\n",
	);
	expect(file.rows).toEqual([
		{ firstName: "Ada", lastName: "Lovelace", workEmail: "a@b.example" },
		{ lastName: "Bo Ek", workEmail: "b@b.example" },
	]);
	expect(file.unknown).toEqual([]);
	expect(readContacts("Name,Email\nBo Ek,b@b.example\n").rows).toEqual([
		{ lastName: "Bo Ek", workEmail: "b@b.example" },
	]);
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
	// It was guarded on leaving as though it were work.
	expect([model.found.value?.faults.length, model.edited]).toEqual([1, false]);
	faults = [];
	await model.choose("complete");
	expect([model.found.value?.faults, model.edited]).toEqual([[], true]);
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
	const { server, model } = importing({ state: "running", taken: 100 });
	const stop = model.follow(1, () => () => {});
	await expect.poll(() => model.coming.value?.taken).toBe(100);
	server.last = { ...at, taken: 200 };
	await expect.poll(() => model.coming.value?.taken).toBe(200);
	server.last = { ...at, state: "done", taken: 300, created: 300 };
	await expect.poll(() => model.coming.value?.created).toBe(300);
	expect(model.edited).toBe(false);
	stop();
	expect(new Set(server.asked)).toEqual(new Set(["GET /me"]));
});

it("who had left the page never heard how their long file ended, and two windows told different things", async () => {
	const { server, model } = importing({ state: "failed", error: "The server could not take the other rows." });
	let look = () => {};
	const watched = (_ms: number, work: () => void) => {
		look = work;
		return () => {};
	};
	model.follow(1, watched);
	await expect.poll(() => model.coming.value?.state).toBe("failed");
	const other = new ContactImportModel(server.api);
	other.follow(1, () => () => {});
	await expect.poll(() => other.coming.value?.error).toContain("could not take");
	await other.putAway();
	// What was shown, and no other; another that is over would be shown next.
	expect([other.coming.value, ...server.asked.slice(-2)]).toEqual([undefined, "DELETE /me?id=i1", "GET /me"]);
	look();
	await expect.poll(() => model.coming.value).toBeUndefined();
	server.last = { ...at, state: "running" };
	look();
	await expect.poll(() => model.coming.value?.state).toBe("running");
});

it("a file by which nobody can be found was imported as if nobody was there, without a word", async () => {
	const { model } = importing({ state: "done" });
	await model.readFile(new File(["lastName,city\nOne,Bonn\n"], "people.csv"));
	expect([model.fileName.value, model.findsNobody]).toEqual(["people.csv", true]);
	await model.readFile(new Blob(["lastName,workEmail\nOne,\n"]));
	expect(model.findsNobody).toBe(true);
	await model.readFile(new Blob(["lastName,workEmail\nOne,one@a.example\n"]));
	expect(model.findsNobody).toBe(false);
});

const at = { state: "running", id: "i1", total: 300, taken: 100, created: 100, completed: 0, skipped: 0 };

/** A server with one long file. */
function importing(last: object) {
	const asked: string[] = [];
	const server = { last: { ...at, ...last } as object | undefined, asked, api: {} as Api };
	const request = async (method: string, path: string) => {
		asked.push(`${method} ${path.split("/imports")[1]}`);
		if (method === "GET") return server.last ? { import: { ...server.last } } : {};
		if (method === "DELETE") server.last = undefined;
		return { created: 0, completed: 0, skipped: 0, faults: [] };
	};
	server.api = { request } as unknown as Api;
	return { server, model: new ContactImportModel(server.api) };
}
