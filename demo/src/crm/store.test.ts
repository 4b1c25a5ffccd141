import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultCaller, numbers, simulatedPhone } from "../facts.ts";
import type { CallLogInput } from "./store.ts";
import { openCrmStore } from "./store.ts";

let folder: string;
let path: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-crm-"));
	path = join(folder, "demo-crm.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const contact = { name: "Nils Neu", company: "", title: "", email: "", city: "", phones: [] };

const log = (interactionId: string, news: Partial<CallLogInput> = {}): CallLogInput => ({
	subject: "Call from Clara",
	notes: "",
	call: { interactionId, direction: "Inbound", phone: defaultCaller.phone },
	...news,
});

describe("the CRM's store", () => {
	it("begins with fictional contacts, among them the customer page's caller and the far end", async () => {
		const store = await openCrmStore(path);
		expect(store.contacts().length).toBeGreaterThanOrEqual(12);
		expect(store.contactByNumber(`tel:${defaultCaller.phone}`)?.name).toBe(defaultCaller.name);
		expect(store.contactByNumber(numbers.farEnd)).toBeDefined();
		for (const { phones } of store.contacts()) {
			for (const { number } of phones)
				if (number !== simulatedPhone.number) expect(number).toMatch(/^\+1\d{3}55501\d\d$/);
		}
	});

	it("finds contacts by a part of name, company or number", async () => {
		const store = await openCrmStore(path);
		expect(store.contacts("bell").map(({ name }) => name)).toContain("Clara Bell");
		expect(store.contacts("(317) 555-0142").map(({ name }) => name)).toEqual(["Clara Bell"]);
		expect(store.contacts("nobody at all")).toEqual([]);
	});

	it("has on the disk whatever it has answered", async () => {
		const store = await openCrmStore(path);
		const added = await store.addContact(contact);
		const saved = await store.saveCallLog(log("call-1", { contactId: added.id, notes: "Wants a lamp." }));
		// Another process would read exactly this, whatever happened to the first.
		const reopened = await openCrmStore(path);
		expect(reopened.contact(added.id)).toEqual(added);
		expect(reopened.activitiesOf(added.id)).toEqual([saved]);
	});

	it("keeps one activity per interaction, with its contact, however often the log is saved", async () => {
		const store = await openCrmStore(path);
		const { id } = await store.addContact(contact);
		const first = await store.saveCallLog(log("call-1", { contactId: id }));
		const second = await store.saveCallLog(log("call-1", { notes: "Solved." }));
		expect(second).toMatchObject({ id: first.id, at: first.at, contactId: id, notes: "Solved." });
		expect(store.activitiesOf(id)).toHaveLength(1);
	});

	it("a colleague's record of the same conversation was written over the first agent's", async () => {
		const store = await openCrmStore(path);
		const { id } = await store.addContact(contact);
		const by = (agentId: string, notes: string) => {
			const told = log("call-1", { contactId: id, notes });
			return store.saveCallLog({ ...told, call: { ...told.call, agentId } });
		};
		await by("anna", "Wants a lamp.");
		await by("ben", "Took over.");
		await by("anna", "Wants two lamps.");
		expect(
			store
				.activitiesOf(id)
				.map(({ notes }) => notes)
				.sort(),
		).toEqual(["Took over.", "Wants two lamps."]);
	});

	it("loses nothing of many changes at once", async () => {
		const store = await openCrmStore(path);
		const { id } = await store.addContact(contact);
		await Promise.all(
			Array.from({ length: 40 }, (_, index) => store.saveCallLog(log(`call-${index}`, { contactId: id }))),
		);
		expect((await openCrmStore(path)).activitiesOf(id)).toHaveLength(40);
	});

	it("reads the last whole state when a write was cut off", async () => {
		const store = await openCrmStore(path);
		const { id } = await store.addContact(contact);
		await writeFile(`${path}.new`, (await readFile(path, "utf8")).slice(0, 200));
		expect((await openCrmStore(path)).contact(id)?.name).toBe("Nils Neu");
	});

	it("puts a file aside that it cannot read, instead of writing over it", async () => {
		await writeFile(path, "{ not json");
		const store = await openCrmStore(path);
		expect(store.contacts().length).toBeGreaterThan(0);
		const aside = (await readdir(folder)).find((name) => name.includes("unreadable"));
		expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe("{ not json");
	});
});
