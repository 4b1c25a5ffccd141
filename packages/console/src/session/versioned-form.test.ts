import { describe, expect, it } from "vitest";
import { refuse } from "../test-support/fake-api.ts";
import { ApiError } from "./api.ts";
import { VersionedForm } from "./versioned-form.ts";

interface Thing {
	name: string;
	note: string;
	list: string[];
	version: number;
}
type Form = Omit<Thing, "version">;

/** A server that keeps one thing and refuses old versions, as 409 or as 412. */
function server(status: 409 | 412 = 409) {
	const kept = { thing: { name: "one", note: "", list: ["a"], version: 1 } as Thing, saves: 0 };
	const form = new VersionedForm<Thing, Form>({
		formOf: ({ name, note, list }) => ({ name, note, list }),
		read: async () => kept.thing,
		save: async (sent, { version }) => {
			kept.saves++;
			if (sent.name === "bad") throw refuse(400, "invalid.value", "name");
			if (version !== kept.thing.version) throw refuse(status, status === 409 ? "version.conflict" : "http.412");
			kept.thing = { ...sent, version: version + 1 };
			return kept.thing;
		},
	});
	form.show(kept.thing);
	const colleague = (change: Partial<Form>) => {
		kept.thing = { ...kept.thing, ...change, version: kept.thing.version + 1 };
	};
	return { form, kept, colleague };
}

describe("a form of something with a version", () => {
	it("is saved, and is then unchanged", async () => {
		const { form, kept } = server();
		form.change({ name: "two" });
		expect(form.changed.value).toEqual(["name"]);
		expect(await form.save()).toBe(true);
		expect([kept.thing.name, form.changed.value]).toEqual(["two", []]);
	});

	it.each([409, 412] as const)("keeps what only one side changed when %d says it was late", async (status) => {
		const { form, kept, colleague } = server(status);
		colleague({ note: "theirs" });
		form.change({ name: "mine" });
		expect(await form.save()).toBe(true);
		expect(kept.thing).toMatchObject({ name: "mine", note: "theirs" });
		expect(form.conflict.value).toBeUndefined();
	});

	it("asks about what both changed, says what the colleague wrote, and keeps what was typed", async () => {
		const { form, colleague } = server();
		colleague({ name: "theirs" });
		form.change({ name: "mine", note: "typed" });
		expect(await form.save()).toBe(false);
		expect(form.conflict.value).toMatchObject({ fields: ["name"], theirs: { name: "theirs" } });
		expect(form.form.value).toMatchObject({ name: "mine", note: "typed" });
	});

	it.each([
		["mine", "mine"],
		["theirs", "theirs"],
	] as const)("with %s stands %s, and what only I changed is saved either way", async (whose, name) => {
		const { form, kept, colleague } = server();
		colleague({ name: "theirs" });
		form.change({ name: "mine", note: "typed" });
		await form.save();
		expect(await form.resolve(whose)).toBe(true);
		expect(kept.thing).toMatchObject({ name, note: "typed" });
	});

	it("is sent nowhere when theirs stands and I changed nothing else", async () => {
		const { form, kept, colleague } = server();
		colleague({ name: "theirs" });
		form.change({ name: "mine" });
		await form.save();
		const before = kept.saves;
		expect(await form.resolve("theirs")).toBe(true);
		expect(kept.saves).toBe(before);
		expect(form.form.value?.name).toBe("theirs");
	});

	it("meets a second colleague while the first one is answered", async () => {
		const { form, colleague } = server();
		colleague({ name: "first" });
		form.change({ name: "mine" });
		await form.save();
		colleague({ name: "second" });
		expect(await form.resolve("mine")).toBe(false);
		expect(form.conflict.value?.theirs.name).toBe("second");
		expect(form.form.value?.name).toBe("mine");
	});

	it("does not ask where both wrote the same, or the same list in another order", async () => {
		const { form, colleague } = server();
		colleague({ name: "same", list: ["b", "a"] });
		form.change({ name: "same", list: ["a", "b"] });
		expect(await form.save()).toBe(true);
	});

	it("keeps what was refused, with the reason, and goes back to what was read", async () => {
		const { form } = server();
		form.change({ name: "bad" });
		expect(await form.save()).toBe(false);
		expect([form.form.value?.name, form.saving.error.value?.fields]).toEqual(["bad", ["name"]]);
		form.discard();
		expect(form.form.value?.name).toBe("one");
	});

	it("said “is in use already” of a name at its field while another one stood there", async () => {
		const { form } = server();
		form.change({ name: "bad" });
		expect(await form.save()).toBe(false);
		form.change({ note: "something else" });
		expect(form.saving.error.value?.fields, "it stands as it was refused").toEqual(["name"]);
		form.change({ name: "good" });
		expect(form.saving.error.value).toBeUndefined();
	});

	it("keeps what was refused beside the field that was mended", () => {
		const details = [{ fieldName: "name" }, { fieldName: "properties.allowedOrigins" }, { fieldName: "list[1].name" }];
		const refused = new ApiError(400, { code: "invalid.value", message: "No.", details });
		expect(refused.after(["name"])?.fields).toEqual(["properties.allowedOrigins", "list[1].name"]);
		expect(refused.after(["allowedOrigins"])?.fields).toEqual(["name", "list[1].name"]);
		expect(new ApiError(409, { code: "general.conflict" }).after(["name"])?.code).toBe("general.conflict");
	});

	it("saved, it stood there as before: a reading from before the save came after it", async () => {
		const { form, kept } = server();
		const read = kept.thing;
		form.change({ name: "two" });
		await form.save();
		form.show(read);
		expect([form.form.value?.name, form.base.value?.version]).toEqual(["two", 2]);
	});

	it.each([false, true])("lost what was typed while it was saved (late: %s)", async (isLate) => {
		const { form, colleague } = server();
		if (isLate) colleague({ list: ["theirs"] });
		form.change({ name: "two" });
		const saving = form.save();
		form.change({ note: "typed meanwhile" });
		expect(await saving).toBe(true);
		expect(form.form.value).toMatchObject({ name: "two", note: "typed meanwhile" });
		expect(form.changed.value).toEqual(["note"]);
	});

	it("lost what was being typed when the page was read again", () => {
		const { form, kept, colleague } = server();
		form.change({ note: "typing" });
		colleague({ name: "theirs" });
		form.show(kept.thing);
		expect(form.form.value).toMatchObject({ name: "theirs", note: "typing" });
	});
});
