import { expect, it } from "vitest";
import { Paged } from "../../../session/paged.ts";
import type { User } from "../../../session/wire.ts";
import { FakeApi, refuse } from "../../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../../test-support/selves.ts";
import { AtOnceModel } from "./at-once-model.ts";
import { Selection } from "./selection.ts";

const path = "POST /api/inlay/v1/people/deactivate";
const about = { action: "deactivate", thing: "", place: "*" } as const;
const shown = {
	total: 3,
	seen: "s1",
	done: 0,
	doneIds: [],
	affected: [],
	unchanged: 0,
	refused: [],
	refusedCount: 0,
	leftIds: [],
	inCall: [],
	self: false,
	emptied: false,
};

function open(api = new FakeApi(), self = selfWith()) {
	const list = new Paged<User>(async () => ({ entities: [], total: 3 }));
	list.text.value = " ann ";
	const selection = new Selection();
	const model = new AtOnceModel(api, self, { list, selection, states: ["active", "inactive"] });
	model.choose(3);
	return { api, list, model, selection };
}

it("everybody who is found could be chosen a page at a time only: their search is sent, first to look, then to do it", async () => {
	const { api, model } = open(new FakeApi().on(path, shown));
	await model.look(about);
	expect(model.preview.value?.total).toBe(3);
	api.on(path, { ...shown, done: 3 });
	expect(await model.run(about)).toBe(true);
	const query = [
		{ type: "EXACT", fields: ["state"], values: ["active", "inactive"] },
		{ type: "QUERY_STRING", fields: ["name", "email", "username"], value: "ann" },
	];
	expect(api.asked.map(({ body }) => body)).toEqual([
		{ query, preview: true },
		{ query, seen: "s1" },
	]);
});

it("nothing is done before somebody has looked, and another search is about others", async () => {
	const { api, list, model } = open();
	expect([await model.run(about), api.asked]).toEqual([false, []]);
	list.text.value = "bob";
	expect(model.chosen.value).toBeUndefined();
});

it("where others match by now, they are looked at anew; who was refused stays to be read", async () => {
	const { api, model } = open(new FakeApi().on(path, shown));
	await model.look(about);
	api.on(path, () => {
		throw refuse(409, "people.changed");
	});
	expect(await model.run(about)).toBe(false);
	expect([model.preview.value, model.doing.error.value?.code]).toEqual([undefined, "people.changed"]);
	api.on(path, shown);
	await model.look(about);
	expect(model.doing.error.value).toBeUndefined();
	api.on(path, { ...shown, done: 2, refusedCount: 1 });
	expect(await model.run(about)).toBe(false);
	expect(model.outcome.value?.done).toBe(2);
});

it("only what one may do with somebody is offered", () => {
	const may = (...permissions: string[]) => open(undefined, selfWith(grantOf(permissions))).model.offered;
	expect(may("directory:user:view", "oauth:token:delete")).toEqual(["signOut"]);
	expect(may("oauth:token:delete")).toEqual([]);
});

it("a change of many had no way back: it is undone with exactly those with whom it was done", async () => {
	const { api, model } = open(new FakeApi().on(path, shown));
	await model.look(about);
	const doneIds = Array.from({ length: 201 }, (_, at) => `u${at}`);
	api.on(path, { ...shown, done: 201, doneIds, unchanged: 4 });
	await model.run(about);
	expect(model.mayUndo(about)).toBe(true);
	api.on("POST /api/inlay/v1/people/activate", { ...shown, total: 201, done: 201 });
	expect(await model.undo(about)).toBe(201);
	expect(api.asked.at(-1)?.body).toEqual({ ids: doneIds });
	expect(model.mayUndo({ ...about, action: "takeRole" })).toBe(false);
});

it("those who were chosen by hand were named nowhere before it was done, and it had no way back", async () => {
	const { api, model, selection } = open(new FakeApi().on(path, { ...shown, affected: ["Ann", "Bob"] }));
	model.clear();
	selection.set([{ id: "1" } as User, { id: "2" } as User], true);
	await model.look(about);
	expect(model.preview.value?.affected).toEqual(["Ann", "Bob"]);
	api.on(path, { ...shown, done: 2, doneIds: ["1", "2"] });
	expect(await model.run(about)).toBe(true);
	expect(api.asked.map(({ body }) => body)).toEqual([
		{ ids: ["1", "2"], preview: true },
		{ ids: ["1", "2"], seen: "s1" },
	]);
	expect(model.mayUndo(about)).toBe(true);
});

it("an undo of which nothing came was told as done", async () => {
	const { api, model } = open(new FakeApi().on(path, shown));
	await model.look(about);
	api.on(path, { ...shown, done: 3, doneIds: ["1", "2", "3"] });
	await model.run(about);
	const refused = [{ id: "2", name: "Bob", code: "missing.permissions", message: "No.", messageParams: {} }];
	api.on("POST /api/inlay/v1/people/activate", { ...shown, total: 2, done: 1, refused, refusedCount: 1 });
	expect(await model.undo(about)).toBeUndefined();
	expect(model.outcome.value).toMatchObject({ done: 1, refused, gone: 1, isUndo: true });
	expect(model.mayUndo(about)).toBe(false);
});

it("of thousands no answer came, and with it no way back: it goes on request by request, and the undo is about all", async () => {
	const { api, model } = open(new FakeApi().on(path, shown));
	await model.look(about);
	const answers = [
		{ ...shown, total: 4, done: 1, doneIds: ["1"], unchanged: 1, leftIds: ["3", "4"] },
		{ ...shown, total: 1, done: 1, doneIds: ["3"] },
	];
	api.on(path, () => answers.shift());
	expect(await model.run(about)).toBe(true);
	expect(api.asked.at(-1)?.body).toEqual({ ids: ["3", "4"] });
	expect(model.outcome.value).toMatchObject({ done: 2, doneIds: ["1", "3"], unchanged: 1, gone: 1, leftIds: [] });
	expect(model.mayUndo(about)).toBe(true);
});
