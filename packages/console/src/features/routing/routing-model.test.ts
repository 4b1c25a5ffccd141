import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { AbilitiesModel } from "./abilities.ts";
import { DecisionsModel, reasonOf } from "./decisions.ts";
import { OffersModel, readLocal } from "./offers.ts";
import { PersonAbilities } from "./person-abilities.ts";
import { media, UtilizationModel } from "./utilization-model.ts";

const skills = "GET /api/v2/routing/skills";
const rule = { maximumCapacity: 1, interruptableMediaTypes: [], includeNonAcd: false };
const utilization = Object.fromEntries(media.map((medium) => [medium, rule]));
const [read, put] = ["GET /api/v2/routing/utilization", "PUT /api/v2/routing/utilization"];
const labels = "GET /api/v2/routing/utilization/labels";
/** An organization without labels. */
const plainApi = () => new FakeApi().on(labels, page());

describe("how much people take at a time", () => {
	it("is saved whole, in the order of the media", async () => {
		const api = plainApi().on(read, { utilization }).on(put, { utilization });
		const model = new UtilizationModel(api);
		await model.loaded.load();
		expect(model.details.changed.value).toEqual([]);
		model.details.change({ "chat.capacity": "3" });
		model.interrupt("email", "message", true);
		model.interrupt("email", "call", true);
		expect(await model.save()).toBe(true);
		const [sent] = api.asked.filter(({ what }) => what === put);
		expect(sent?.body).toEqual({
			utilization: {
				...utilization,
				chat: { ...rule, maximumCapacity: 3 },
				email: { ...rule, interruptableMediaTypes: ["call", "message"] },
			},
			labelUtilizations: {},
		});
	});

	it("is not sent with a number that is none", async () => {
		const api = plainApi().on(read, { utilization });
		const model = new UtilizationModel(api);
		await model.loaded.load();
		for (const capacity of ["", "1.5", "26", "-1"]) {
			model.details.change({ "call.capacity": capacity });
			expect(await model.save()).toBe(false);
			expect(model.isWrong("call.capacity")).toBe(true);
		}
	});

	it("what a colleague saved meanwhile was overwritten without a word", async () => {
		let current = utilization;
		const api = plainApi().on(read, () => ({ utilization: current }));
		api.etag = '"1"';
		const model = new UtilizationModel(api);
		await model.loaded.load();
		model.details.change({ "chat.capacity": "3" });
		current = { ...utilization, call: { ...rule, maximumCapacity: 2 } };
		let refusals = 1;
		api.on(put, (body: unknown) => {
			if (refusals-- > 0) {
				api.etag = '"2"';
				throw refuse(409, "version.conflict");
			}
			return body;
		});
		expect(await model.save()).toBe(true);
		const sent = api.asked.filter(({ what }) => what === put);
		expect(sent.map(({ ifMatch }) => ifMatch)).toEqual(['"1"', '"2"']);
		expect(sent[1]?.body).toEqual({
			utilization: { ...current, chat: { ...rule, maximumCapacity: 3 } },
			labelUtilizations: {},
		});
		model.details.change({ "call.capacity": "4" });
		current = { ...utilization, call: { ...rule, maximumCapacity: 5 } };
		refusals = 1;
		expect(await model.save()).toBe(false);
		expect(model.details.conflict.value?.fields).toEqual(["call.capacity"]);
	});

	it("says of a label how many, and what interrupts it, and nothing of one whose number is empty", async () => {
		const labelUtilizations = { vip: { maximumCapacity: 2, interruptingLabelIds: ["new"], labelName: "VIP" } };
		const api = new FakeApi()
			.on(labels, page({ id: "vip", name: "VIP" }, { id: "new", name: "New" }))
			.on(read, { utilization, labelUtilizations })
			.on(put, (body: unknown) => body);
		const model = new UtilizationModel(api);
		await model.loaded.load();
		expect(model.details.form.value).toMatchObject({ "label:vip.capacity": "2", "label:new.capacity": "" });
		model.details.change({ "label:new.capacity": "26" });
		expect(await model.save()).toBe(false);
		model.details.change({ "label:new.capacity": "1" });
		model.interruptLabel("new", "vip", true);
		expect(await model.save()).toBe(true);
		model.details.change({ "label:vip.capacity": "" });
		expect(await model.save()).toBe(true);
		const sent = api.asked.filter(({ what }) => what === put).map(({ body }) => body);
		const said = { new: { maximumCapacity: 1, interruptingLabelIds: ["vip"] } };
		expect(sent).toMatchObject([
			{ labelUtilizations: { ...said, vip: { maximumCapacity: 2, interruptingLabelIds: ["new"] } } },
			{ labelUtilizations: said },
		]);
		expect(Object.keys((sent[1] as { labelUtilizations: object }).labelUtilizations)).toEqual(["new"]);
	});

	it("what was typed of a label that somebody deleted meanwhile kept everything from being saved", async () => {
		const api = new FakeApi()
			.on(labels, page({ id: "vip", name: "VIP" }, { id: "new", name: "New" }))
			.on(read, { utilization })
			.on(put, (body: unknown) => body);
		const model = new UtilizationModel(api);
		await model.loaded.load();
		model.details.change({ "label:new.capacity": "many", "label:vip.capacity": "2" });
		model.interruptLabel("vip", "new", true);
		expect(await model.save()).toBe(false);
		api.on(labels, page({ id: "vip", name: "VIP" }));
		await model.loaded.load();
		expect(await model.save()).toBe(true);
		const sent = api.asked.findLast(({ what }) => what === put)?.body;
		expect(sent).toMatchObject({ labelUtilizations: { vip: { maximumCapacity: 2, interruptingLabelIds: [] } } });
		expect((sent as { labelUtilizations: object }).labelUtilizations).not.toHaveProperty("new");
	});
});

describe("skills", () => {
	it("are added by name, and shown by it", async () => {
		const api = new FakeApi()
			.on(skills, page({ id: "b", name: "Vip" }, { id: "a", name: "Returns" }))
			.on("POST /api/v2/routing/skills", {});
		const model = new AbilitiesModel(api, "skill");
		await model.all.load();
		expect(model.all.value?.map(({ name }) => name)).toEqual(["Returns", "Vip"]);
		expect(await model.add()).toBeUndefined();
		model.name.value = " Wine ";
		expect(await model.add()).toBe("Wine");
		expect(model.name.value).toBe("");
	});

	it("are given to a person with a level", async () => {
		const own = "GET /api/v2/users/anna/routingskills";
		const bulk = "PATCH /api/v2/users/anna/routingskills/bulk";
		const api = new FakeApi().on(own, page()).on(bulk, page());
		const model = new PersonAbilities(api, "anna", "skill");
		expect(await model.give()).toBe(false);
		model.chosen.value = "vip";
		model.proficiency.value = "4";
		expect(await model.give()).toBe(true);
		expect(api.asked.find(({ what }) => what === bulk)?.body).toEqual([{ id: "vip", proficiency: 4 }]);
	});
});

describe("how much one person takes at a time", () => {
	const path = "/api/v2/routing/users/anna/utilization";

	it("is what holds for everybody until it is saved, and again when it is given up", async () => {
		let level = "Organization";
		const api = plainApi()
			.on(`GET ${path}`, () => ({ utilization, level }))
			.on(`PUT ${path}`, () => {
				level = "Agent";
				return { utilization, level };
			})
			.on(`DELETE ${path}`, () => {
				level = "Organization";
			});
		const model = new UtilizationModel(api, "anna");
		await model.loaded.load();
		expect(model.isOwn.value).toBe(false);
		expect(await model.save()).toBe(true);
		expect(model.isOwn.value).toBe(true);
		model.details.change({ "call.capacity": "2" });
		expect(await model.reset()).toBe(true);
		expect([model.isOwn.value, model.details.changed.value]).toEqual([false, []]);
	});
});

describe("why did it not ring", () => {
	it("is asked for one conversation, and an answer goes when another is asked for", async () => {
		const api = new FakeApi().on("GET /api/inlay/v1/routing/conversations/c%2F1/decisions", { decisions: [] });
		const model = new DecisionsModel(api);
		model.conversationId.value = " c/1 ";
		await model.look();
		expect(model.found.value).toEqual({ decisions: [] });
		model.conversationId.value = "unknown";
		await model.look();
		expect(model.found.value).toBeUndefined();
		expect(model.looking.error.value).toBeDefined();
	});

	it("has words for a reason, whatever stands behind its colon", () => {
		expect([reasonOf("capacity:call"), reasonOf("ring:2"), reasonOf("later"), reasonOf("new")]).toEqual([
			"capacity",
			"ring",
			"later",
			undefined,
		]);
	});
});

describe("what rang somebody and what did not", () => {
	it("could only be found with a conversation's id, which nobody has", async () => {
		const of = "GET /api/inlay/v1/routing/users/ben/decisions";
		const row = { conversation: { id: "c1" }, queue: { id: "q", name: "Support" }, at: "2026-11-26T13:03:00Z" };
		const api = new FakeApi()
			.on(of, { entities: [{ ...row, rung: false, reason: "phone" }] })
			.on("GET /api/inlay/v1/routing/conversations/c1/decisions", { decisions: [] });
		const model = new OffersModel(api, "ben");
		await model.look();
		expect(model.found.value).toMatchObject([{ rung: false, reason: "phone" }]);
		await model.choose("c1");
		expect(model.whole.found.value).toEqual({ decisions: [] });
		await model.look();
		expect(model.chosen.value, "another time, other rows").toBeUndefined();
	});

	it("is asked for at a time as people write it, and for now where it is none", () => {
		expect(readLocal("2026-11-26T14:03")).toBe(new Date("2026-11-26T14:03").toISOString());
		expect([readLocal(""), readLocal("2026-11-")]).toEqual([undefined, undefined]);
	});
});
