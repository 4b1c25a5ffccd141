import { describe, expect, it } from "vitest";
import type { User } from "../../../session/wire.ts";
import { FakeApi, page, refuse } from "../../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../../test-support/selves.ts";
import { PeopleModel } from "../people-model.ts";
import { BulkModel } from "./bulk-model.ts";
import { ImportModel } from "./import-model.ts";
import { peopleCsv, readPeople } from "./people-file.ts";
import { rowFaultText } from "./row-fault.ts";
import { Selection } from "./selection.ts";

const person = (id: string, more: Partial<User> = {}): User => ({
	...{ id, name: `Person ${id}`, email: `${id}@x.example`, state: "active", version: 3, division: { id: "d1" } },
	...more,
});

function chosen(api: FakeApi, people: readonly User[]): BulkModel {
	const selection = new Selection();
	selection.set(people, true);
	return new BulkModel(api, selfWith(), selection);
}

describe("a file of people", () => {
	it("is read by the names of its columns, with whatever spreadsheets make of it", () => {
		const text = '\ufeffEmail;Name;Roles;Shoe\r\nzoe@x.example;"Ön; Zoé";Agent | Employee;44\r\n;;;\r\n';
		expect(readPeople(text)).toEqual({
			rows: [{ name: "Ön; Zoé", email: "zoe@x.example", roles: ["Agent", "Employee"], groups: [] }],
			numbers: [2],
			unknown: ["Shoe"],
			missing: [],
		});
		expect(readPeople("Name\nZoé").missing).toEqual(["email"]);
	});

	it("lost its last row where that ended with a delimiter, and gave rows below an empty one other numbers than the file", () => {
		const { rows, numbers } = readPeople("name;email;title\nAnn;ann@x.example;\n\n;;\nBob;bob@x.example;");
		expect(rows.map(({ name }) => name)).toEqual(["Ann", "Bob"]);
		expect(numbers).toEqual([2, 5]);
	});

	it("that Excel had saved as Windows-1252 lost its letters", async () => {
		const api = new FakeApi().on("POST /api/inlay/v1/users/import", { entities: [], faults: [] });
		const model = new ImportModel(api, selfWith());
		await model.readFile(new Blob(["name;email\r\nJ", new Uint8Array([0xf6]), "rg;joerg@x.example\r\n"]));
		expect([model.file.value?.rows[0]?.name, model.isGuessed.value]).toEqual(["Jörg", true]);
		await model.readFile(new Blob(["name;email\r\nJörg;joerg@x.example\r\n"]));
		expect([model.file.value?.rows[0]?.name, model.isGuessed.value]).toEqual(["Jörg", false]);
	});

	it("was opened by a spreadsheet, and a name in it was a formula", () => {
		const evil = person("1", { name: '=HYPERLINK("http://evil.test")', title: "-1" });
		const text = peopleCsv([{ ...evil, groups: [{ id: "g1" }] }], [{ id: "g1", name: "Sales" } as never]);
		expect(text).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
		expect(text).toContain(`"'-1"`);
		// Imported again it is what it was.
		expect(readPeople(text).rows).toEqual([
			{ name: evil.name, email: evil.email, title: "-1", roles: [], groups: ["Sales"] },
		]);
	});

	it("has everybody who is found, over all pages", async () => {
		const found = Array.from({ length: 501 }, (_, at) => person(String(at)));
		const api = new FakeApi().on("GET /api/v2/groups", page());
		api.on("POST /api/v2/users/search", ({ pageNumber, pageSize }: { pageNumber: number; pageSize: number }) => ({
			results: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
			total: found.length,
		}));
		const made = await new PeopleModel(api, selfWith()).export();
		expect([made?.count, made?.text.trim().split("\r\n").length]).toEqual([501, 502]);
	});
});

describe("an import", () => {
	const path = "POST /api/inlay/v1/users/import";

	it("is looked through before it is sent, and sent whole", async () => {
		const api = new FakeApi().on(path, { entities: [], faults: [] });
		const model = new ImportModel(api, selfWith());
		await model.read("name,email\nAnn,ann@x.example");
		expect(model.faults.value).toEqual([]);
		expect(model.edited).toBe(true);
		api.on(path, { entities: [person("1")], faults: [] });
		expect(await model.send()).toBe(true);
		expect(api.asked.map(({ body }) => (body as { preview: boolean }).preview)).toEqual([true, false]);
		expect(model.made.selection.people.value.map((one) => one.id)).toEqual(["1"]);
		expect(model.edited).toBe(false);
	});

	it("whose file has faults was guarded on leaving as though it were work", async () => {
		const faults = [{ row: 1, fieldName: "email", code: "bad.field", message: "no address" }];
		const api = new FakeApi().on(path, { entities: [], faults });
		const model = new ImportModel(api, selfWith());
		await model.read("name,email\nAnn,ann");
		expect([model.faults.value, model.edited]).toEqual([faults, false]);
		await model.read("name\nAnn");
		expect([model.problem, model.edited]).toEqual(["missingColumns", false]);
	});

	it("that was refused, as somebody took an address meanwhile, says which row it is now", async () => {
		const fault = { row: 1, fieldName: "email", code: "resource.already.exists", message: "taken" };
		const api = new FakeApi().on(path, { entities: [], faults: [] });
		const model = new ImportModel(api, selfWith());
		await model.read("name,email\nAnn,ann@x.example");
		api.on(path, ({ preview }: { preview: boolean }) => {
			if (!preview) throw refuse(400, "import.refused");
			return { entities: [], faults: [fault] };
		});
		expect(await model.send()).toBe(false);
		expect(model.faults.value).toEqual([fault]);
		expect(model.file.value?.rows).toHaveLength(1);
	});

	it("that was refused just before the line was lost left a promise that nobody caught", async () => {
		const api = new FakeApi().on(path, { entities: [], faults: [] });
		const model = new ImportModel(api, selfWith());
		await model.read("name,email\nAnn,ann@x.example");
		api.on(path, ({ preview }: { preview: boolean }) => {
			throw preview ? refuse(0, "network") : refuse(400, "import.refused");
		});
		expect(await model.send()).toBe(false);
		expect(model.working.error.value?.code).toBe("network");
	});

	it("told the server's sentence of a row, and of its twin by another number than the file's", () => {
		const [twin, role] = [
			{ row: 2, fieldName: "email", code: "import.twin", message: "Row 1 has the same address.", params: { row: "1" } },
			{ row: 1, fieldName: "roles", code: "import.unknown.role", message: "of the server", params: { name: "Pirate" } },
		];
		expect([twin, role].map((fault) => rowFaultText(fault, [2, 5]))).toEqual([
			"Row 5, email: Row 2 has the same address.",
			"Row 2, roles: There is no role Pirate.",
		]);
	});

	it("without rows, with too many or without a column is not sent", async () => {
		const model = new ImportModel(new FakeApi(), selfWith());
		await model.read("name,email");
		expect(model.problem).toBe("noRows");
		await model.read("name\nAnn");
		expect(model.problem).toBe("missingColumns");
		await model.read(`name,email\n${"a,b\n".repeat(1_001)}`);
		expect(model.problem).toBe("tooManyRows");
	});
});

describe("many people at once", () => {
	it("are put into those queues alone whose members one may change, and get passwords where one may give them to all", async () => {
		const api = new FakeApi().on(
			"GET /api/v2/routing/queues",
			page({ id: "q1", name: "Mine", division: { id: "d1" } }, { id: "q2", name: "Theirs", division: { id: "d2" } }),
		);
		const selection = new Selection();
		selection.set([person("1")], true);
		const self = selfWith(
			grantOf(["routing:queue:view", "routing:queueMember:manage", "directory:user:setPassword"], "d1"),
		);
		const model = new BulkModel(api, self, selection);
		await model.queues.load();
		expect(model.queues.value?.map(({ name }) => name)).toEqual(["Mine"]);
		expect(model.lackOfPasswords).toBeUndefined();
		selection.set([person("2", { division: { id: "d2" } as never })], true);
		expect(model.lackOfPasswords?.divisionId, "they are elsewhere").toBe("d2");
	});

	it("could be chosen by who may do nothing with them", () => {
		const api = new FakeApi();
		const offered = (...permissions: string[]) =>
			new BulkModel(api, selfWith(grantOf(permissions, "d1")), new Selection()).isOffered;
		expect([offered("directory:user:view"), offered("oauth:token:delete")]).toEqual([false, true]);
	});

	it("get passwords one by one: who is refused is told, and alone tried again", async () => {
		const password = (id: string) => `POST /api/v2/users/${id}/password`;
		const api = new FakeApi().on(password("1"), undefined).on(password("2"), () => {
			throw refuse(403, "missing.permissions");
		});
		const model = chosen(api, [person("1"), person("2")]);
		expect(await model.giveOneTimePasswords()).toBe(1);
		expect(model.each.refused.map(({ user, error }) => [user.id, error?.code])).toEqual([["2", "missing.permissions"]]);
		api.on(password("2"), undefined);
		expect(await model.giveOneTimePasswords()).toBe(0);
		expect(api.asked.map(({ what }) => what)).toEqual([password("1"), password("2"), password("2")]);
		expect(model.passwords.value.map(({ user }) => user.id)).toEqual(["1", "2"]);
	});

	it("get one-time passwords, each another one, which stand in a file", async () => {
		const api = new FakeApi()
			.on("POST /api/v2/users/1/password", undefined)
			.on("POST /api/v2/users/2/password", undefined);
		const model = chosen(api, [person("1"), person("2")]);
		expect(await model.giveOneTimePasswords()).toBe(0);
		const sent = api.asked.map(({ body }) => body as { newPassword: string; mustChange: boolean });
		expect(new Set(sent.map((one) => one.newPassword)).size).toBe(2);
		expect(sent.every((one) => one.mustChange && one.newPassword.length >= 20)).toBe(true);
		for (const { newPassword } of sent) expect(model.passwordsCsv()).toContain(newPassword);
	});
});
